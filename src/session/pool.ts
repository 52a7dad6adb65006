// The pool: one connection per host and one session per user on it, opened when first asked for, closed together.
import type { Duplex } from 'node:stream';
import { UnreachableError } from '../errors/errors.ts';
import { canonical } from '../util/canonical.ts';
import { Gate } from '../util/gate.ts';
import { now } from '../util/now.ts';
import { connect, type Connect } from './connect.ts';
import { dial } from './dial.ts';
import { becomeForEach } from './shell/per-task-session.ts';
import type { Ask } from './question.ts';
import { openSession } from './shell/shell-session.ts';
import type { BecomeSpec, ConnectionSpec, Over, Session, Transport, WireCounters, WireSpan } from './types.ts';
import type { Limits } from './shell/watch.ts';

/** What a pool may be given beside its hosts. */
export interface PoolOptions {
  /** Ends the opening of connections. */
  readonly signal?: AbortSignal;
  readonly limits?: Limits;
  /** Told of everything that took place on the wire, as soon as it is over. */
  readonly observe?: (span: WireSpan) => void;
  /** Answers what hosts ask at login, beside passwords; absent where nobody can. */
  readonly ask?: Ask;
  /** How a host is connected to; by its `connection` when absent. */
  readonly connect?: Connect;
  /** Asked at the end: whether hosts are waited for until nothing of this is left on them, which is so soon after in any case. */
  readonly waitsForEnd?: () => boolean;
}

/** Logins at one server at once: OpenSSH begins to turn connections away from the tenth on (MaxStartups). */
const LOGINS_AT_ONCE = 8;

interface Line {
  readonly transport: Promise<Transport>;
  readonly sessions: Map<string, Promise<Session>>;
}

/** Lends sessions by host and user to become. */
export class SessionPool implements AsyncDisposable {
  /** What crossed the wire so far, all hosts together. */
  readonly counters: WireCounters = { roundTrips: 0, uploads: 0, connects: 0, bytesOut: 0, bytesIn: 0 };
  readonly #specOf: (host: string) => ConnectionSpec;
  readonly #options: PoolOptions;
  readonly #lines = new Map<string, Line>();
  readonly #retired: Line[] = [];
  readonly #reached = new Set<string>();
  readonly #refusals = new Map<string, UnreachableError>();
  readonly #gates = new Map<string, Gate>();
  readonly #hops = new Map<string, Promise<Transport>>();
  #closed = false;

  constructor(specOf: (host: string) => ConnectionSpec, options: PoolOptions = {}) {
    this.#specOf = specOf;
    this.#options = options;
  }

  /**
   * Lends the session of a host and user for the time of `use`; others may use it meanwhile, its frames take turns.
   * A lost connection is made anew. A host that could not be connected to is not asked again: the first error is thrown each time.
   * @throws UnreachableError
   */
  async withSession<T>(host: string, become: BecomeSpec | undefined, use: (session: Session) => Promise<T>): Promise<T> {
    return use(await this.get(host, become));
  }

  /** The session of a host and user, as long as the pool lives. Prefer {@link SessionPool.withSession}. @throws UnreachableError */
  async get(host: string, become?: BecomeSpec): Promise<Session> {
    return this.#sessionOn(await this.#lineTo(host), host, become);
  }

  /** The fingerprint of the key that a host showed; undefined where it shows none. @throws UnreachableError */
  async hostKey(host: string): Promise<string | undefined> {
    return (await (await this.#lineTo(host)).transport).hostKey;
  }

  /** A connection to where a host's sshd listens, through the hosts on the way, with nobody logged in to it. @throws UnreachableError */
  async dial(spec: ConnectionSpec): Promise<Duplex> {
    if (spec.jump === undefined) return dial(spec);
    const over = await this.#through(spec.jump, spec);
    if ('socket' in over) return over.socket;
    const words = `${spec.host} is reached through ${spec.jump.host} by the client of OpenSSH, whose way is its own`;
    throw new UnreachableError(spec.host, 'connect', `${words}: ask it for the key, with "ssh ${spec.host}"`);
  }

  /** Closes a host's connection and forgets that it failed: after a reboot, or when a wait begins to poll it. */
  async forget(host: string): Promise<void> {
    this.#refusals.delete(host);
    const line = this.#lines.get(host);
    this.#lines.delete(host);
    if (line) await closeLine(line, true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const waits = this.#options.waitsForEnd?.() ?? true;
    await Promise.all([...this.#lines.values(), ...this.#retired].map(line => closeLine(line, waits)));
    this.#lines.clear();
    // Those behind others first.
    for (const hop of [...this.#hops.values()].reverse()) await (await hop.catch(() => undefined))?.[Symbol.asyncDispose]();
  }

  #sessionOn(line: Line, host: string, become: BecomeSpec | undefined): Promise<Session> {
    const key = become ? `${become.mode ?? ''}:${become.method}:${become.user}` : '';
    const open = line.sessions.get(key) ?? this.#open(host, line, become);
    line.sessions.set(key, open);
    open.catch((error: unknown) => {
      if (!isPermanent(error)) line.sessions.delete(key);
    });
    return open;
  }

  /** A connection to a host that has refused none. */
  async #lineTo(host: string): Promise<Line> {
    if (this.#closed) throw new UnreachableError(host, 'dropped', `${host}: the connections are closed`);
    const refusal = this.#refusals.get(host);
    if (refusal) throw refusal;
    return this.#line(host);
  }

  /** The host's connection: the one there is while it lives, else a new one. Who asks at the same time gets the same. */
  async #line(host: string): Promise<Line> {
    const present = this.#lines.get(host);
    if (present && (await present.transport).alive) return present;
    if (this.#lines.get(host) !== present) return this.#line(host);
    const line: Line = { transport: this.#connect(host), sessions: new Map() };
    this.#lines.set(host, line);
    try {
      await line.transport;
    } catch (error) {
      if (this.#lines.get(host) === line) this.#lines.delete(host);
      throw error;
    }
    return line;
  }

  async #connect(host: string): Promise<Transport> {
    this.counters.connects++;
    const spec = this.#specOf(host);
    let start = 0;
    try {
      const transport = await this.#reach(spec, () => (start = now()));
      this.#reached.add(host);
      this.#options.observe?.({ kind: 'connect', host, user: '', start, end: now(), commands: 0, bytesOut: 0, bytesIn: 0 });
      return transport;
    } catch (error) {
      // A host that was there before may come back; one that refuses a key or a login will not change its mind.
      if (error instanceof UnreachableError && (!this.#reached.has(host) || isPermanent(error))) this.#refusals.set(host, error);
      throw error;
    }
  }

  /** A connection of its own, through the hosts on the way. @param begun told when it is its turn */
  #reach(spec: ConnectionSpec, begun?: () => void): Promise<Transport> {
    const { connect: reach = connect, signal, ask } = this.#options;
    return this.#gateTo(spec).pass(async () => {
      begun?.();
      const { jump } = spec;
      if (jump === undefined) return reach(spec, signal, undefined, ask);
      const go = async (): Promise<Transport> => reach(spec, signal, await this.#through(jump, spec), ask);
      // A way that is found to be lost when it is used is made anew, once.
      return go().catch((error: unknown) => (isDropped(error) ? go() : Promise.reject(error as Error)));
    });
  }

  /** What is wrong with a host on the way is wrong with the one behind it. */
  async #through(jump: ConnectionSpec, { host, address, port, connection }: ConnectionSpec): Promise<Over> {
    try {
      const hop = await this.#hop(jump);
      if (connection === 'openssh' && hop.proxy) return { proxy: hop.proxy };
      if (connection === 'openssh' || hop.forward === undefined)
        throw new UnreachableError(hop.host, 'connect', `connection ${jump.connection} leads to no other host by ${connection}`);
      return { socket: await hop.forward(address, port, this.#options.signal) };
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      throw new UnreachableError(host, error.reason, `${host} is reached through ${jump.host}: ${error.message}`);
    }
  }

  /** The connection to a host that others are behind: the one there is while it lives. One that refused us is not asked again. */
  async #hop(spec: ConnectionSpec): Promise<Transport> {
    const key = canonical(spec);
    const present = this.#hops.get(key);
    const transport = await present;
    if (transport?.alive === true) return transport;
    if (this.#hops.get(key) !== present) return this.#hop(spec);
    const opening = this.#reach(spec);
    this.#hops.set(key, opening);
    opening.catch((error: unknown) => {
      if (!isPermanent(error)) this.#hops.delete(key);
    });
    return opening;
  }

  /** Servers turn away who comes while too many others are logging in. */
  #gateTo({ address, port, jump }: ConnectionSpec): Gate {
    const key = canonical({ address, port, jump: jump ?? null });
    const gate = this.#gates.get(key) ?? new Gate(LOGINS_AT_ONCE);
    this.#gates.set(key, gate);
    return gate;
  }

  async #open(host: string, line: Line, become: BecomeSpec | undefined): Promise<Session> {
    if (become?.mode === 'per_task') return becomeForEach(await this.#sessionOn(line, host, undefined), become);
    const { signal, limits, observe } = this.#options;
    return openSession(await line.transport, become, {
      counters: this.counters,
      ...(signal && { signal }),
      ...(limits && { limits }),
      ...(observe && { observe }),
      renew: async () => this.#renew(host, line),
    });
  }

  /** A fresh login for the session that asks. The others stay on the old connection until they are asked for again. */
  async #renew(host: string, line: Line): Promise<Transport> {
    const transport = await this.#connect(host);
    const session = line.sessions.get('');
    this.#retired.push(line);
    this.#lines.set(host, { transport: Promise.resolve(transport), sessions: new Map(session && [['', session]]) });
    return transport;
  }
}

const PERMANENT: ReadonlySet<string> = new Set(['host-key', 'authentication']);

function isPermanent(error: unknown): boolean {
  return error instanceof UnreachableError && PERMANENT.has(error.reason);
}

function isDropped(error: unknown): boolean {
  return error instanceof UnreachableError && error.reason === 'dropped';
}

/** Shells end by themselves when their input does. */
async function closeLine({ transport, sessions }: Line, waits: boolean): Promise<void> {
  const open = await Promise.allSettled(sessions.values());
  const connection = await transport.catch(() => undefined);
  if (!waits && connection?.leave) {
    connection.leave();
    return;
  }
  await Promise.all(open.map(async result => (result.status === 'fulfilled' ? result.value[Symbol.asyncDispose]() : undefined)));
  await connection?.[Symbol.asyncDispose]();
}
