// A session that becomes another user anew for each command. It has no shell of its own: the login user's makes the calls.
import type { Readable } from 'node:stream';
import { refuseStrangeName } from './identity.ts';
import type { BecomeSpec, Command, CommandResult, Session, UploadPlace } from '../types.ts';

/**
 * Lends the login user's session as another user's; it goes on when this one is closed.
 * @throws UnreachableError for what is no name of a user
 */
export function becomeForEach(login: Session, become: BecomeSpec): Session {
  refuseStrangeName(login.host, become);
  return new PerTaskSession(login, become);
}

class PerTaskSession implements Session {
  readonly user: string;
  readonly #login: Session;
  readonly #become: BecomeSpec;

  constructor(login: Session, become: BecomeSpec) {
    this.#login = login;
    // A call that could be asked for a password would have to be given it each time.
    this.#become = { method: become.method, user: become.user };
    this.user = become.user;
  }

  get host(): string {
    return this.#login.host;
  }

  exchange(commands: readonly Command[], signal?: AbortSignal): Promise<readonly CommandResult[]> {
    const called = commands.map(command => (command.ofSession === true ? command : { ...command, as: this.#become }));
    return this.#login.exchange(called, signal);
  }

  upload(path: string | UploadPlace, body: Readable, size: number, signal?: AbortSignal): Promise<void> {
    return this.#login.upload(path, body, size, signal, this.#become);
  }

  reopen(): Promise<void> {
    return this.#login.reopen();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
