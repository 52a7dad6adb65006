// A task that failed on a host, in words for a person. Not a bug, not a lost host.
import type { ChangeRecord } from '../../report/events.ts';

/** What the author of a task may make of its failure. */
interface Passing {
  readonly mayPass?: boolean;
  readonly attempted?: ChangeRecord | undefined;
}

/** Ends a task on one host as failed. */
export class TaskFailure extends Error {
  /** The member it happened on, when that is not the host whose task it is. */
  readonly host: string | undefined;
  /** Whether the author of the task may take it for none. */
  readonly mayPass: boolean;
  /** The change that failed. */
  readonly attempted: ChangeRecord | undefined;

  constructor(message: string, host?: string, { mayPass = false, attempted }: Passing = {}) {
    super(message);
    this.name = 'TaskFailure';
    this.host = host;
    this.mayPass = mayPass;
    this.attempted = attempted;
  }
}
