// A short program run beside a session's shell, through a channel of its own as the same identity.
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { UnreachableError } from '../errors/errors.ts';
import { openShellChannel, refusedShell, type Identity } from './identity.ts';
import type { Channel } from './types.ts';
import { unlessAborted } from './wait.ts';

/** How a program from aside ended and what it said. */
export interface AsideResult {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs one line of sh as the identity; a body follows it on standard input. What the login shell prints before it is left out.
 * @throws UnreachableError when it cannot be started or its end is not heard of
 */
export async function runAside(identity: Identity, program: string, body?: Readable, signal?: AbortSignal): Promise<AsideResult> {
  const channel = await openShellChannel(identity, signal);
  const token = randomBytes(16).toString('hex');
  const outputs = { stdout: collect(channel.stdout), stderr: collect(channel.stderr) };
  channel.stdin.on('error', () => undefined);
  channel.stdin.write(`echo ${token}; echo ${token} >&2; ${program}`);
  const feeding = body ? feed(body, channel) : undefined;
  if (!body) channel.stdin.end();
  try {
    const { status } = await unlessAborted(channel.closed, signal);
    if (feeding?.fault !== undefined) throw feeding.fault;
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
}

function feed(body: Readable, channel: Channel): Feeding {
  const feeding: Feeding = { fault: undefined };
  pump(body, channel).catch((error: unknown) => {
    feeding.fault = error instanceof Error ? error : new Error(String(error));
    channel.destroy();
  });
  return feeding;
}

async function pump(body: Readable, { stdin, closed }: Channel): Promise<void> {
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    if (stdin.destroyed) return;
    if (!stdin.write(chunk)) await Promise.race([new Promise(resolve => stdin.once('drain', resolve)), closed]);
  }
  stdin.end();
}

interface Outputs {
  readonly stdout: () => Buffer;
  readonly stderr: () => Buffer;
}

function read(identity: Identity, status: number | undefined, token: string, outputs: Outputs): AsideResult {
  const stdout = after(outputs.stdout(), token);
  const stderr = after(outputs.stderr(), token);
  if (!stdout) throw refusedShell(identity, status, outputs.stderr().toString());
  const { host } = identity.transport;
  if (status === undefined) throw new UnreachableError(host, 'dropped', `the connection to ${host} was lost before an answer came`);
  identity.counters.bytesIn += stdout.length;
  return { status, stdout, stderr: stderr?.toString().trim() ?? '' };
}

function collect(stream: Readable): () => Buffer {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('error', () => undefined);
  return () => Buffer.concat(chunks);
}

function after(bytes: Buffer, token: string): Buffer | undefined {
  const at = bytes.indexOf(`${token}\n`);
  return at === -1 ? undefined : bytes.subarray(at + token.length + 1);
}
