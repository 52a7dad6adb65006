// One channel over a connection of OpenSSH: a client that asks the process which holds the connection, and hands it its own pipes.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Duplex, Readable, type Writable } from 'node:stream';
import { channelArguments, CLIENT } from './openssh-arguments.ts';
import type { Master } from './openssh-master.ts';
import type { Channel } from '../types.ts';
import { LATE, unlessAborted, within } from '../wait.ts';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** What came of asking for a channel; `refused`: there is no place for it now; `none`: nothing runs in it. */
export type Opened<T> =
  | { readonly kind: 'open'; readonly channel: T }
  | { readonly kind: 'refused' | 'none'; readonly words: string }
  | { readonly kind: 'late' | 'dropped' };

/** What a client says of the answer to its question. */
const REFUSED = /^(?:mux_client_request_session: session request failed|Stdio forwarding request failed|Master refused .* request): (.*)$/m;
const ENDED_WITH_255 = /^debug2: Received exit status from master 255\r?$/m;
const HAD_PLACE = /^debug1: mux_client_request_\w+: master session id: /m;
/** The status of a client that has none from the host. */
const NO_STATUS = 255;
/** Milliseconds for the connection to be found lost, when a channel ends without a status. */
const LOSS = 500;

/**
 * Starts a command line. The client does not say when that is done, so the login shell says it, before anything else: no round trip more than the
 * answer to the question would take.
 */
export async function openCommand(
  master: Master,
  commandLine: string,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<Opened<Channel>> {
  const token = randomBytes(8).toString('hex');
  const asked = ask(master, ['-T', '--', 'channel', `echo ${token}; ${commandLine}`]);
  const said = await heard(asked, untilLine(asked.child.stdout, token), milliseconds, signal);
  if (said === LATE) return { kind: 'late' };
  const channel = toChannel(asked, master);
  if (said.found) return { kind: 'open', channel };
  const failure = await asked.failure(master);
  // Who is not let in, or whose shell ends before it does anything, has words and a status all the same.
  return failure ?? { kind: 'open', channel: { ...channel, stdout: Readable.from(said.rest.length > 0 ? [said.rest] : []) } };
}

/** Has the host connect to another; open as soon as that one says something, as every SSH server does. */
export async function openForward(
  master: Master,
  target: string,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<Opened<Duplex>> {
  const asked = ask(master, ['-W', target, '--', 'channel']);
  const { child } = asked;
  child.stderr.resume();
  const said = await heard(asked, untilReadable(child.stdout), milliseconds, signal);
  if (said === LATE) return { kind: 'late' };
  if (!said) return (await asked.failure(master)) ?? { kind: 'none', words: 'it closed the connection' };
  const duplex = Duplex.from({ readable: child.stdout, writable: child.stdin });
  duplex.once('close', () => asked.giveUp());
  return { kind: 'open', channel: duplex };
}

/** A client that has asked for a channel. */
interface Asked {
  readonly child: Child;
  /** Its status, once it has ended. */
  readonly exited: Promise<number | undefined>;
  /** Resolves when its outputs have ended, too. */
  readonly closed: Promise<void>;
  /** What it says of its own doing. */
  readonly log: () => string;
  readonly giveUp: () => void;
  /** Why there was no channel, or nothing in it; undefined when something ran and ended with a status. */
  readonly failure: (master: Master) => Promise<Exclude<Opened<never>, { readonly kind: 'open' }> | undefined>;
}

function ask(master: Master, rest: readonly string[]): Asked {
  const file = join(master.folder, `log-${randomBytes(8).toString('hex')}`);
  const child = spawn(CLIENT, channelArguments(master.socket, file, rest), { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined);
  let text: string | undefined;
  const log = (): string => (text ??= take(file));
  const exited = new Promise<number | undefined>(resolve => {
    child.once('error', () => resolve(undefined));
    child.once('exit', status => {
      log();
      resolve(status ?? undefined);
    });
  });
  const closed = new Promise<void>(resolve => child.once('close', () => resolve()));
  return {
    child,
    exited,
    closed,
    log,
    giveUp: () => {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      child.kill();
    },
    failure: async ({ over }) => {
      const status = await exited;
      const [, refusal] = REFUSED.exec(log()) ?? [];
      if (refusal !== undefined) return { kind: 'refused', words: refusal };
      if (!HAD_PLACE.test(log())) return { kind: 'dropped' };
      if (status !== undefined && hasStatus(status, log())) return undefined;
      return (await within(over, LOSS)) === LATE ? { kind: 'none', words: 'it ended before it began' } : { kind: 'dropped' };
    },
  };
}

/** Whether it is the status of what ran, and not of the client. */
function hasStatus(status: number, log: string): boolean {
  return status !== NO_STATUS || ENDED_WITH_255.test(log);
}

/** The log of a client that has ended, which is then not needed any more. */
function take(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  } finally {
    rmSync(file, { force: true });
  }
}

/** What a client has to say in time; otherwise it is given up. @throws the signal's reason */
async function heard<T>(asked: Asked, saying: Promise<T>, milliseconds: number, signal: AbortSignal | undefined): Promise<T | typeof LATE> {
  try {
    const said = await unlessAborted(within(saying, milliseconds), signal);
    if (said === LATE) asked.giveUp();
    return said;
  } catch (error) {
    asked.giveUp();
    throw error;
  }
}

function toChannel({ child, exited, closed: outputsEnded, log, giveUp }: Asked, { over }: Master): Channel {
  const closed = outputsEnded.then(async () => {
    const status = await exited;
    const isStatus = status !== undefined && hasStatus(status, log());
    if (!isStatus) await within(over, LOSS);
    return { status: isStatus ? status : undefined, signal: undefined };
  });
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, closed, destroy: giveUp };
}

interface Said {
  readonly found: boolean;
  /** What came instead, where it ended without. */
  readonly rest: Buffer;
}

/** Reads up to a line, and takes it out: what was said before and behind it can be read as if it had not been there. */
async function untilLine(stream: Readable, line: string): Promise<Said> {
  let seen = Buffer.alloc(0);
  return await new Promise(resolve => {
    const settle = (found: boolean): void => {
      stream.off('readable', read).off('end', end).off('close', end);
      resolve({ found, rest: seen });
    };
    const read = (): void => {
      for (let chunk = stream.read() as Buffer | null; chunk !== null; chunk = stream.read() as Buffer | null)
        seen = Buffer.concat([seen, chunk]);
      const at = seen.indexOf(`${line}\n`);
      if (at === -1) return;
      const rest = Buffer.concat([seen.subarray(0, at), seen.subarray(at + line.length + 1)]);
      if (rest.length > 0) stream.unshift(rest);
      settle(true);
    };
    const end = (): void => settle(false);
    stream.on('readable', read).on('end', end).on('close', end);
  });
}

/** Whether there is something to read before the end. */
async function untilReadable(stream: Readable): Promise<boolean> {
  return await new Promise(resolve => {
    const settle = (is: boolean): void => {
      stream.off('readable', look).off('end', end).off('close', end);
      resolve(is);
    };
    const look = (): void => {
      if (stream.readableLength > 0) settle(true);
    };
    const end = (): void => settle(false);
    stream.on('readable', look).on('end', end).on('close', end);
  });
}
