// What reading a playbook needs to know, and whom it tells.
import type { Report } from './report.ts';
import type { YamlMap } from './yaml/node.ts';

/** Names of the modules that a playbook may use beside the shipped ones: those of its roles. */
export type ModuleNames = ReadonlySet<string>;

/** Parameters of modules where a task does not give them. */
export type ModuleDefaults = ReadonlyMap<string, YamlMap>;

/** Handed down to whatever is read. */
export interface PlaybookReading {
  readonly report: Report;
  readonly note: Report;
  /** Modules beside the shipped ones. */
  readonly modules: ModuleNames;
  /** Of the file that is read; absolute. */
  readonly directory: string;
  /** Files of tasks that lead here; absolute. */
  readonly files: readonly string[];
  readonly cwd: string;
  /** What is said around. */
  readonly defaults: ModuleDefaults;
}
