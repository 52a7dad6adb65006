// What every reporter is: something that takes events, and is closed when the run is over.
import type { Emit } from './events.ts';

/** Where a reporter writes; `process.stdout` is one, a test hands in its own. */
export interface Sink {
  write(text: string, written?: (error?: Error | null) => void): unknown;
  on?(event: 'error', listener: (error: Error) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** What all reporters are told. */
export interface ReporterOptions {
  readonly stream: Sink;
  readonly colour: boolean;
  /** 0: what changed, failed or waits. 1 (`-v`): every task on every host with its time. 2: also each change as it begins. */
  readonly verbosity: number;
  /** What is said of a run that never finished. */
  readonly unfinished?: string;
}

/** Consumes the events of one run. */
export interface Reporter {
  /** Neither throws nor waits. */
  readonly emit: Emit;
  /** Leaves the terminal to somebody else until what it gives is called; absent where that needs nothing. */
  hold?(): () => void;
  /** Resolves when everything is written; says so if the run never finished. May be called twice. */
  close(): Promise<void>;
}
