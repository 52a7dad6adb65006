// What reading a playbook needs to know, and whom it tells.
import type { Position } from '../../errors/problem.ts';
import type { LoadedRole } from '../loaded-role.ts';
import type { Report } from '../report.ts';
import type { YamlMap } from '../yaml/node.ts';

/** Names of the modules that a playbook may use beside the shipped ones: those of the roles that are loaded. */
export interface ModuleNames extends Iterable<string> {
  /** Where none has that name, but roles may that are not loaded yet, all is read again with them. */
  has(name: string): boolean;
}

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
  /** Finds a role; undefined for one that is no role, and for one that is not loaded yet: all is read again then. */
  readonly roleOf: (name: string, at: Position) => LoadedRole | undefined;
  /** The roles that lead here, the outermost first. */
  readonly roles: readonly RoleAround[];
  /** It is handlers that are read, or what stands in them. */
  readonly inHandlers?: boolean;
}

/** A role whose files are read. */
export interface RoleAround {
  /** As it was called. */
  readonly name: string;
  /** The file of tasks that it was called for. */
  readonly tasks: string;
  /** Absolute; absent for a role in TypeScript. */
  readonly directory?: string;
}
