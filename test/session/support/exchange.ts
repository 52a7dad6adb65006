// Short words for talking to a session in a test: a command from its script, results as text, and a session that is closed afterwards.
import { openSession, type SessionOptions } from '../../../src/session/shell-session.ts';
import { connectSsh2 } from '../../../src/session/ssh2-transport.ts';
import type { BecomeSpec, Command, CommandResult, Session, WireCounters } from '../../../src/session/types.ts';
import { startServer, type ServerOptions, type TestServer } from './server.ts';

export function newCounters(): WireCounters {
  return { roundTrips: 0, uploads: 0, connects: 0, bytesOut: 0, bytesIn: 0 };
}

/** A command with a timeout that no test reaches unless it says so. */
export function command(script: string, rest: Partial<Command> = {}): Command {
  return { script, timeout: 15_000, ...rest };
}

/** A result with its outputs as text. */
export function text({ outcome, status, stdout, stderr }: CommandResult | undefined = missing()): {
  outcome: string;
  status: number;
  stdout: string;
  stderr: string;
} {
  return { outcome, status, stdout: Buffer.from(stdout).toString(), stderr: Buffer.from(stderr).toString() };
}

/** Runs one script and gives what it printed. */
export async function print(session: Session, script: string, rest: Partial<Command> = {}): Promise<string> {
  const [result] = await session.exchange([command(script, rest)]);
  return text(result).stdout;
}

export interface Bench {
  readonly server: TestServer;
  readonly session: Session;
  readonly counters: WireCounters;
}

export interface BenchOptions extends ServerOptions, Partial<Omit<SessionOptions, 'counters'>> {
  readonly become?: BecomeSpec;
  readonly noise?: string;
}

/** Lends a session on a server of its own. */
export async function withBench(options: BenchOptions, use: (bench: Bench) => Promise<void>): Promise<void> {
  const { become, noise = '', shell = 'dash', sudo = 'missing', ...rest } = options;
  await using server = await startServer({ shell, sudo });
  server.faults.noise = noise;
  await using transport = await connectSsh2(server.spec());
  const counters = newCounters();
  await using session = await openSession(transport, become, { ...rest, counters });
  await use({ server, session, counters });
}

/** Waits until something holds, and fails when it does not within five seconds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

function missing(): never {
  throw new Error('a result is missing');
}
