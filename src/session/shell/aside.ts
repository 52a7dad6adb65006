// A short program run beside a session's shell, through a channel of its own as the same identity.
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { UnreachableError } from '../../errors/errors.ts';
import { openShellChannel, refusedShell, type Identity } from './identity.ts';
import type { Channel } from '../types.ts';
import { LATE, seconds, unlessAborted, within } from '../wait.ts';

/** Milliseconds that a host may take no byte of a body, or not say that it has it. */
const PATIENCE = 120_000;
/** Bytes of what a program from aside may say. */
const MOST_SAID = 256 * 1024 * 1024;

/** How a program from aside ended and what it said. */
export interface AsideResult {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs one line of sh as the identity; a body follows it on standard input. What the login shell prints before it is left out.
 * @param before what the login user does first where the identity is become behind that, on one line
 * @throws UnreachableError when it cannot be started or its end is not heard of
 */
export async function runAside(
  identity: Identity,
  program: string,
  body?: Readable,
  signal?: AbortSignal,
  before?: string,
): Promise<AsideResult> {
  const channel = await openShellChannel(before === undefined ? identity : { ...identity, become: undefined }, signal);
  const token = randomBytes(16).toString('hex');
  const outputs = { stdout: collect(channel, channel.stdout), stderr: collect(channel, channel.stderr) };
  channel.stdin.on('error', () => undefined);
  channel.stdin.write(`${before ?? ''}echo ${token}; echo ${token} >&2; ${program}`);
  const feeding = body ? feed(identity, body, channel) : undefined;
  if (!body) channel.stdin.end();
  try {
    // What does not take a body is given up; how long a program may take otherwise is for others to say.
    const { status } = await unlessAborted(feeding ? Promise.race([channel.closed, feeding.stalled]) : channel.closed, signal);
    if (feeding?.fault !== undefined) throw feeding.fault;
    if (outputs.stdout.isExcessive() || outputs.stderr.isExcessive()) throw tooMuch(identity);
    return read(identity, status, token, outputs);
  } catch (error) {
    channel.destroy();
    throw error;
  } finally {
    body?.destroy();
  }
}

interface Feeding {
  /** The body's own error; a host that stops reading says why in its own words. */
  fault: Error | undefined;
  /** Rejects when the host does not go on. */
  readonly stalled: Promise<never>;
}

function feed(identity: Identity, body: Readable, channel: Channel): Feeding {
  let reject: (error: Error) => void = () => undefined;
  const feeding: Feeding = { fault: undefined, stalled: new Promise((_, no) => (reject = no)) };
  feeding.stalled.catch(() => undefined);
  pump(identity, body, channel).catch((error: unknown) => {
    feeding.fault = error instanceof Error ? error : new Error(String(error));
    reject(feeding.fault);
  });
  return feeding;
}

async function pump(identity: Identity, body: Readable, { stdin, closed }: Channel): Promise<void> {
  const { patience = PATIENCE } = identity;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    if (stdin.destroyed) return;
    if (stdin.write(chunk)) continue;
    const isTaken = await within(Promise.race([new Promise(resolve => stdin.once('drain', resolve)), closed]), patience);
    if (isTaken === LATE) throw stalled(identity, patience);
  }
  stdin.end();
  if ((await within(closed, patience)) === LATE) throw stalled(identity, patience);
}

function stalled({ transport: { host } }: Identity, patience: number): UnreachableError {
  return new UnreachableError(
    host,
    'timeout',
    `${host} has taken nothing of a file for ${seconds(patience)}, look at its disk and its load`,
  );
}

function tooMuch({ transport: { host } }: Identity): UnreachableError {
  return new UnreachableError(host, 'protocol', `${host} says more than can be taken, look at what its shell prints at login`);
}

interface Collected {
  readonly bytes: () => Buffer;
  readonly isExcessive: () => boolean;
}

interface Outputs {
  readonly stdout: Collected;
  readonly stderr: Collected;
}

function read(identity: Identity, status: number | undefined, token: string, outputs: Outputs): AsideResult {
  const stdout = after(outputs.stdout.bytes(), token);
  const stderr = after(outputs.stderr.bytes(), token);
  if (!stdout) throw refusedShell(identity, status, outputs.stderr.bytes().toString());
  const { host } = identity.transport;
  if (status === undefined) throw new UnreachableError(host, 'dropped', `the connection to ${host} was lost before an answer came`);
  identity.counters.bytesIn += stdout.length;
  return { status, stdout, stderr: stderr?.toString().trim() ?? '' };
}

function collect(channel: Channel, stream: Readable): Collected {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MOST_SAID) chunks.push(chunk);
    else channel.destroy();
  });
  stream.on('error', () => undefined);
  return { bytes: () => Buffer.concat(chunks), isExcessive: () => size > MOST_SAID };
}

function after(bytes: Buffer, token: string): Buffer | undefined {
  const at = bytes.indexOf(`${token}\n`);
  return at === -1 ? undefined : bytes.subarray(at + token.length + 1);
}
