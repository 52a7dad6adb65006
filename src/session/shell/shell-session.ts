// A session over any transport: one long-lived shell as one user, answering frames one after the other.
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { UnreachableError } from '../../errors/errors.ts';
import { now } from '../../util/now.ts';
import { runAside } from './aside.ts';
import { encodeFrame } from './frame.ts';
import type { Identity } from './identity.ts';
import { remainingAs } from './remains.ts';
import { calledAs, unlessRefused } from './called-as.ts';
import { startShell, type Shell } from './shell.ts';
import { placed, uploadProgram } from './aside-programs.ts';
import type { BecomeSpec, Command, CommandResult, Session, Transport, UploadPlace, WireCounters, WireSpan } from '../types.ts';
import { DEFAULT_LIMITS, watchFrame, type Limits } from './watch.ts';
import { unlessAborted } from '../wait.ts';

/** What a session is given beside its transport. */
export interface SessionOptions {
  /** Counts what this session sends and receives. */
  readonly counters: WireCounters;
  /** Random bytes for names that nobody may guess. */
  readonly random?: (size: number) => Uint8Array;
  /** Gives up the opening of the session. */
  readonly signal?: AbortSignal;
  readonly limits?: Limits;
  /** Told of every frame and upload, as soon as it is over. */
  readonly observe?: (span: WireSpan) => void;
  /**
   * A fresh login for {@link Session.reopen}: sshd gives the groups of a login to all its channels, so new groups need a new connection.
   * Not asked for a session that becomes another user, as sudo looks groups up itself.
   */
  readonly renew?: () => Promise<Transport>;
}

/**
 * Opens a session: the shell is started and its greeting comes with the answer to the first frame, which costs no trip of its own.
 * So sudo's refusal shows at the first frame.
 * @throws UnreachableError when no channel can be opened
 */
export async function openSession(transport: Transport, become: BecomeSpec | undefined, options: SessionOptions): Promise<Session> {
  const session = new ShellSession(transport, become, options);
  await session.start(options.signal);
  return session;
}

class ShellSession implements Session {
  readonly #options: SessionOptions;
  #identity: Identity;
  #shell: Shell | undefined;
  #sequence = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(transport: Transport, become: BecomeSpec | undefined, options: SessionOptions) {
    this.#options = options;
    const { counters, limits } = options;
    this.#identity = { transport, become, counters, ...(limits && { patience: limits.start }) };
  }

  get host(): string {
    return this.#identity.transport.host;
  }

  get user(): string {
    return this.#identity.become?.user ?? this.#identity.transport.user;
  }

  async start(signal?: AbortSignal): Promise<Shell> {
    if (this.#closed) throw new UnreachableError(this.host, 'dropped', `${this.host}: the session is closed`);
    if (this.#shell && !this.#shell.over) return this.#shell;
    const random = this.#options.random ?? randomBytes;
    this.#shell = await startShell(this.#identity, () => Buffer.from(random(16)).toString('hex'), this.#shell, signal);
    return this.#shell;
  }

  async exchange(commands: readonly Command[], signal?: AbortSignal): Promise<readonly CommandResult[]> {
    if (commands.length === 0) return [];
    const sequence = ++this.#sequence;
    const frame = encodeFrame(sequence, commands.map(calledAs));
    return this.#inTurn(signal, async () => {
      const shell = await this.start(signal);
      const pending = shell.send(sequence, frame, commands.length);
      const limits = this.#options.limits ?? DEFAULT_LIMITS;
      const start = now();
      const answers = await watchFrame({ identity: this.#identity, shell, limits, commands, pending }, signal);
      const results = answers.map((answer, index) => unlessRefused(this.#identity.transport, commands[index]?.as, answer));
      const bytesIn = results.reduce((sum, { stdout, stderr }) => sum + stdout.length + stderr.length, 0);
      this.#tell({ kind: 'frame', start, commands: commands.length, bytesOut: frame.length, bytesIn });
      return results;
    });
  }

  async upload(place: string | UploadPlace, body: Readable, size: number, signal?: AbortSignal, as?: BecomeSpec): Promise<void> {
    this.#identity.counters.uploads++;
    const start = now();
    const identity = as === undefined ? this.#identity : { ...this.#identity, become: as };
    const { directory } = await unlessAborted((await this.start(signal)).place, signal);
    const before = as && remainingAs(as, placed(place).remains, directory);
    const program = uploadProgram(place, size, as === undefined ? directory : undefined);
    const { status, stderr } = await runAside(identity, program, body, signal, before);
    this.#identity.counters.bytesOut += size;
    this.#tell({ kind: 'upload', start, commands: 0, bytesOut: size, bytesIn: 0 });
    if (status === 0) return;
    const { path } = placed(place);
    const why = status === 72 ? `other than ${size} bytes arrived` : hostWords(stderr, path) || `status ${status}`;
    throw new Error(`${this.host}: cannot write ${path}: ${why}`);
  }

  async reopen(): Promise<void> {
    await this.#inTurn(undefined, async () => {
      await this.#shell?.end();
      this.#shell = undefined;
      const { renew } = this.#options;
      if (renew && !this.#identity.become) this.#identity = { ...this.#identity, transport: await renew() };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#shell?.end();
  }

  #tell(span: Omit<WireSpan, 'host' | 'user' | 'end'>): void {
    this.#options.observe?.({ ...span, host: this.host, user: this.user, end: now() });
  }

  /** One after the other: a shell holds one frame at a time. Whoever gives up waiting for a turn is not run. */
  async #inTurn<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const mine = before.then(async () => {
      signal?.throwIfAborted();
      return run();
    });
    this.#turn = mine.catch(() => undefined);
    await unlessAborted(before, signal);
    return mine;
  }
}

/** What the host said of a path, without the names that each sh puts before it. */
function hostWords(stderr: string, path: string): string {
  const named = `${path}: `;
  const at = stderr.lastIndexOf(named);
  return (at === -1 ? stderr : stderr.slice(at + named.length)).trim();
}
