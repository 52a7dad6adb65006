// What the journal keeps of a run: a head that says whose it is, then its events as they happened.
import type { ExitCode } from '../errors/errors.ts';
import type { Event, HostRecap } from '../report/events.ts';
import type { ProcessMark } from './process-mark.ts';

/** The version of the files; raised when a field changes its meaning or goes away. */
export const JOURNAL_SCHEMA = 'tsplay.journal/1';

/** The first line of a file. */
export interface RunHead {
  readonly schema: typeof JOURNAL_SCHEMA;
  /** Eight hexadecimal digits. */
  readonly id: string;
  /** The word after `tsplay`. */
  readonly command: string;
  /** `root@controller`. */
  readonly by: string;
  /** An ISO date, to the millisecond, in UTC. */
  readonly since: string;
  /** What the names of playbook and inventory start from. */
  readonly cwd: string;
  readonly process: ProcessMark;
}

/** A run, read again. */
export interface KeptRun {
  readonly head: RunHead;
  /** Masked, and as they were told to the reporters. */
  readonly events: readonly Event[];
  /** Lines that cannot be read; one that was cut off at the end is none of them. */
  readonly lost: number;
}

/** `elsewhere`: without an end, and begun where it cannot be seen from here whether it goes on. */
export type RunStanding =
  | { readonly kind: 'ended'; readonly exitCode: ExitCode }
  | { readonly kind: 'running' }
  | { readonly kind: 'killed' }
  | { readonly kind: 'elsewhere' };

/** What a run came to. */
export interface RunOutline {
  readonly head: RunHead;
  readonly started: Extract<Event, { kind: 'run-started' }>;
  readonly standing: RunStanding;
  readonly recap: readonly HostRecap[];
  /** Whether tasks were left that nobody began. */
  readonly isCutShort: boolean;
}
