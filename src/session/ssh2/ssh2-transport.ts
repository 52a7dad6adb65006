// The default transport: one SSH connection by ssh2, set up for few round trips, whose every failure says what a person can do.
import ssh2, { type AnyAuthMethod, type Client, type ClientChannel, type ConnectConfig } from 'ssh2';
import { getCiphers } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnreachableError } from '../../errors/errors.ts';
import {
  droppedConnection,
  lateChannel,
  lateForward,
  refusedChannels,
  refusedCommand,
  refusedForward,
} from '../host-keys/channel-errors.ts';
import { dial } from '../dial.ts';
import { fingerprint, orderHostKeyAlgorithms, refuseHostKey } from '../host-keys/host-key.ts';
import { LEGACY } from './legacy-algorithms.ts';
import { readLoginKeys, type LoginKey } from './login-keys.ts';
import { loginWays, type LoginNotes } from './login-ways.ts';
import type { Ask } from '../question.ts';
import { explainConnectFailure, hungUp, refusedLogin, timedOut, TurnedAway, unanswered } from './ssh2-errors.ts';
import type { Channel, ConnectionSpec, Transport } from '../types.ts';
import { LATE, unlessAborted, within } from '../wait.ts';

/** Elliptic curves first; no group-exchange, which takes a second or two of computing on each side. */
const KEY_EXCHANGES = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group18-sha512',
  'diffie-hellman-group14-sha256',
] as const;

const CHACHA = 'chacha20-poly1305@openssh.com' as const;
const CIPHERS = ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr'] as const;

/** A lost host is noticed after a minute and a quarter without any sign of life. */
const ALIVE = { interval: 15_000, count: 4 } as const;
const ENDING = 1_000;
/** Milliseconds until a server that turned us away is asked again: chosen by chance, so that not all come back at once. */
const COMING_BACK = { least: 100, most: 500 } as const;
const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 250;

/**
 * Connects and logs in with public keys, then with the password. Neither is tried twice: servers ban addresses for less.
 * @param socket on its way to the server, or there; it is closed with the connection, and when there is none
 * @param ask answers what the server asks beside the password; absent where nobody can
 * @throws UnreachableError; the signal's reason when it is aborted
 */
export async function connectSsh2(spec: ConnectionSpec, signal?: AbortSignal, socket: Duplex = dial(spec), ask?: Ask): Promise<Transport> {
  const deadline = Date.now() + spec.timeout;
  for (let at = socket; ; at = dial(spec)) {
    try {
      signal?.throwIfAborted();
      return await logIn(spec, at, signal, ask);
    } catch (error) {
      at.destroy();
      // What was handed to us by a host on the way cannot be had again from here.
      if (!(error instanceof TurnedAway) || spec.jump !== undefined || Date.now() > deadline) throw error;
    }
    const pause = COMING_BACK.least + Math.random() * (COMING_BACK.most - COMING_BACK.least);
    await sleep(pause, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

async function logIn(spec: ConnectionSpec, socket: Duplex, signal: AbortSignal | undefined, ask: Ask | undefined): Promise<Transport> {
  const keys = readLoginKeys(spec);
  const notes: LoginNotes = { tried: [], problems: [] };
  if (isHopeless(spec, keys)) throw refusedLogin(spec, { ...notes, problems: keys.flatMap(({ problem }) => problem ?? []) });
  if (socket.errored) throw explainConnectFailure(spec, socket.errored, notes);
  const client = new ssh2.Client();
  let refusal: UnreachableError | undefined;
  let shown = '';
  const ready = new Promise<void>((resolve, reject) => {
    client.once('ready', resolve);
    // An agent that fails is passed over by ssh2, which then goes on to the next way to log in.
    client.on('error', (error: Error & { level?: string; code?: string }) => {
      if (error.level === 'agent') notes.tried.push(`${notes.tried.pop() ?? ''} (${error.message})`);
      else if (refusal !== undefined) reject(refusal);
      else if (isHangUp(error)) reject(hungUp(spec, shown !== '', notes.tried));
      else reject(explainConnectFailure(spec, error, notes));
    });
    client.once('close', () => reject(refusal ?? hungUp(spec, shown !== '', notes.tried)));
  });
  const refuse = (prompt: string | undefined): void => {
    refusal = prompt === undefined ? refusedLogin(spec, notes) : unanswered(spec, prompt);
    client.end();
  };
  const asked = askInTime(ask);
  const nextLogin = loginWays({ spec, keys, ask: asked.ask, notes, refuse });
  try {
    client.connect({
      ...connectConfig(spec),
      sock: socket,
      hostVerifier: (key: Buffer, verify: (isAccepted: boolean) => void): void => {
        shown = fingerprint(key);
        const accept = (words: string | undefined): void => {
          if (words !== undefined) refusal = new UnreachableError(spec.host, 'host-key', words);
          verify(words === undefined);
        };
        refuseHostKey(spec, key).then(accept, (error: unknown) => accept(error instanceof Error ? error.message : String(error)));
      },
      // Not asking with `none` what the server takes saves a round trip.
      authHandler: (left: readonly string[] | null, isPartial: boolean | null, next: (login: AnyAuthMethod) => void): void => {
        void nextLogin(left, isPartial).then(login => next(login as AnyAuthMethod));
      },
    });
    while ((await unlessAborted(within(ready, spec.timeout), signal)) === LATE) if (!asked.within(spec.timeout)) throw timedOut(spec);
    return new Ssh2Transport(spec, client, socket, shown);
  } catch (error) {
    ready.catch(() => undefined);
    throw error;
  }
}

/** ssh2 has words of its own where the server closes early. */
function isHangUp({ code, message }: Error & { code?: string }): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || message === 'Connection lost before handshake';
}

/** There is nothing to show to a server. */
function isHopeless({ agent, password }: ConnectionSpec, keys: readonly LoginKey[]): boolean {
  return !keys.some(({ key }) => key) && agent === undefined && password === undefined;
}

/** The same, with the time at which a person was last busy with an answer: the host is not waited for meanwhile. */
function askInTime(ask: Ask | undefined): { readonly ask: Ask | undefined; within(milliseconds: number): boolean } {
  let busy = 0;
  let last = Number.NEGATIVE_INFINITY;
  const timed: Ask = async question => {
    busy++;
    try {
      return await ask?.(question);
    } finally {
      busy--;
      last = performance.now();
    }
  };
  return { ask: ask && timed, within: milliseconds => busy > 0 || performance.now() - last < milliseconds };
}

function connectConfig(spec: ConnectionSpec): ConnectConfig {
  const { alive = ALIVE, legacyAlgorithms: isOld = false } = spec;
  const ciphers = getCiphers().includes('chacha20') ? [...CIPHERS, CHACHA] : [...CIPHERS];
  return {
    username: spec.user,
    readyTimeout: 0,
    keepaliveInterval: alive.interval,
    keepaliveCountMax: alive.count,
    algorithms: {
      kex: [...KEY_EXCHANGES, ...(isOld ? LEGACY.kex : [])],
      cipher: [...ciphers, ...(isOld ? LEGACY.cipher : [])],
      serverHostKey: [...orderHostKeyAlgorithms(spec), ...(isOld ? LEGACY.serverHostKey : [])],
    },
  };
}

class Ssh2Transport implements Transport {
  readonly host: string;
  readonly user: string;
  readonly hostKey: string;
  readonly #spec: ConnectionSpec;
  readonly #client: Client;
  readonly #socket: Duplex;
  readonly #closed: Promise<void>;
  #lost: string | undefined;

  constructor(spec: ConnectionSpec, client: Client, socket: Duplex, hostKey: string) {
    this.host = spec.host;
    this.hostKey = hostKey;
    this.user = spec.user;
    this.#spec = spec;
    this.#client = client;
    this.#socket = socket;
    client.on('error', error => {
      this.#lost ??= error.message;
      // What follows makes no sense any more, and a server that is not there does not close either.
      client.destroy();
    });
    this.#closed = new Promise(resolve => {
      client.once('close', () => {
        this.#lost ??= 'the server closed it';
        resolve();
      });
    });
  }

  get alive(): boolean {
    return this.#lost === undefined;
  }

  /** A slot that was just freed may not be free yet on the server, so a refusal is tried again for a while. */
  async open(commandLine: string, signal?: AbortSignal): Promise<Channel> {
    const deadline = Date.now() + this.#spec.timeout;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      signal?.throwIfAborted();
      try {
        return toChannel(await this.#openOnce(commandLine, deadline, signal));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        if (Date.now() + pause > deadline) throw refusedChannels(this.#spec, error.message);
      }
      await sleep(pause, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  }

  async forward(address: string, port: number, signal?: AbortSignal): Promise<Duplex> {
    if (this.#lost !== undefined) throw this.#dropped();
    const opening = new Promise<ClientChannel>((resolve, reject) => {
      this.#client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => (error ? reject(error) : resolve(channel)));
    });
    try {
      const channel = await openedWithin(opening, this.#spec.timeout, signal);
      if (channel !== LATE) return channel;
    } catch (error) {
      if (signal?.aborted) throw error;
      if (!this.alive) throw this.#dropped();
      const words = error instanceof Error ? error.message.replace(/^\(SSH\) /, '') : String(error);
      throw refusedForward(this.#spec, address, port, words);
    }
    throw lateForward(this.#spec, address, port);
  }

  leave(): void {
    this.#lost ??= 'it was closed';
    // What is on its way is written; what the server has to say to it is not waited for.
    this.#socket.once('finish', () => this.#socket.destroy());
    this.#client.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lost ??= 'it was closed';
    this.#client.end();
    if ((await within(this.#closed, ENDING)) === LATE) this.#client.destroy();
  }

  async #openOnce(commandLine: string, deadline: number, signal: AbortSignal | undefined): Promise<ClientChannel> {
    if (this.#lost !== undefined) throw this.#dropped();
    const opening = new Promise<ClientChannel>((resolve, reject) => {
      this.#client.exec(commandLine, (error, channel) => (error ? reject(error) : resolve(channel)));
    });
    try {
      const channel = await openedWithin(opening, deadline - Date.now(), signal);
      if (channel !== LATE) return channel;
    } catch (error) {
      if (signal?.aborted || isRefusal(error)) throw error;
      if (!this.alive) throw this.#dropped();
      throw refusedCommand(this.#spec, error instanceof Error ? error.message : String(error));
    }
    throw lateChannel(this.#spec);
  }

  #dropped(): UnreachableError {
    return droppedConnection(this.#spec, this.#lost ?? '');
  }
}

/** The channel, unless it comes too late: nobody takes it then. @throws the signal's reason; why it is not opened */
async function openedWithin(
  opening: Promise<ClientChannel>,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<ClientChannel | typeof LATE> {
  try {
    const channel = await unlessAborted(within(opening, milliseconds), signal);
    if (channel === LATE) closeWhenOpen(opening);
    return channel;
  } catch (error) {
    if (signal?.aborted) closeWhenOpen(opening);
    throw error;
  }
}

/** An answer that came too late still holds a place on the server. */
function closeWhenOpen(opening: Promise<ClientChannel>): void {
  opening.then(
    channel => close(channel),
    () => undefined,
  );
}

interface Refusal extends Error {
  readonly reason: number;
}

/** RFC 4254, 5.1: administratively prohibited, connect failed (OpenSSH when MaxSessions are open), resource shortage. */
const REFUSALS: readonly unknown[] = [1, 2, 4];

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'reason' in error && REFUSALS.includes(error.reason);
}

function toChannel(channel: ClientChannel): Channel {
  let end: { status: number | undefined; signal: string | undefined } = { status: undefined, signal: undefined };
  channel.on('exit', (status: number | null, signal?: string) => (end = { status: status ?? undefined, signal }));
  const closed = new Promise<typeof end>(resolve => channel.once('close', () => resolve(end)));
  return { stdin: channel, stdout: channel, stderr: channel.stderr, closed, destroy: () => close(channel) };
}

/** Nothing can be said over a connection that is broken. */
function close(channel: ClientChannel): void {
  try {
    channel.close();
  } catch {
    // It is closed with the connection.
  }
}
