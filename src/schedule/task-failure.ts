// A task that failed on a host, in words for a person. Not a bug, not a lost host.

/** Ends a task on one host as failed. */
export class TaskFailure extends Error {
  /** The member it happened on, when that is not the host whose task it is. */
  readonly host: string | undefined;

  constructor(message: string, host?: string) {
    super(message);
    this.name = 'TaskFailure';
    this.host = host;
  }
}
