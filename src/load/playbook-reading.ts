// What reading a playbook needs to know, and whom it tells.
import type { Report } from './report.ts';

/** Names of the modules that a playbook may use beside the shipped ones: those of its roles. */
export type ModuleNames = ReadonlySet<string>;

/** Handed down to whatever is read. */
export interface PlaybookReading {
  readonly report: Report;
  readonly note: Report;
  /** Modules beside the shipped ones. */
  readonly modules: ModuleNames;
}
