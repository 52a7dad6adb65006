// Short words for talking to a session in a test: a command from its script, results as text, and a session that is closed afterwards.
import { openSession, type SessionOptions } from '../../../src/session/shell/shell-session.ts';
import { connectOpenssh } from '../../../src/session/openssh/openssh-transport.ts';
import { connectSsh2 } from '../../../src/session/ssh2/ssh2-transport.ts';
import type { BecomeSpec, Command, CommandResult, ConnectionSpec, Session, Transport, WireCounters } from '../../../src/session/types.ts';
import { SHELLS, type ShellName } from './host-shells.ts';
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

/** The clients that connect by SSH. */
export const CLIENTS = ['ssh2', 'openssh'] as const;
export type ClientName = (typeof CLIENTS)[number];

/** What a session has to work over: every shell by one client, and one shell by the other. */
export const WAYS: readonly { readonly shell: ShellName; readonly client: ClientName; readonly name: string }[] = [
  ...SHELLS.map(shell => ({ shell, client: 'ssh2' as const, name: shell })),
  { shell: 'dash', client: 'openssh', name: 'dash by the client of OpenSSH' },
];

/** Connects by one of them. */
export async function connectBy(client: ClientName, spec: ConnectionSpec, signal?: AbortSignal): Promise<Transport> {
  return client === 'ssh2' ? connectSsh2(spec, signal) : connectOpenssh(spec, signal);
}

export interface BenchOptions extends ServerOptions, Partial<Omit<SessionOptions, 'counters'>> {
  readonly become?: BecomeSpec;
  readonly noise?: string;
  readonly client?: ClientName;
}

/** Lends a session on a server of its own. */
export async function withBench(options: BenchOptions, use: (bench: Bench) => Promise<void>): Promise<void> {
  const { become, client = 'ssh2', noise = '', shell = 'dash', sudo = 'missing', ...rest } = options;
  await using server = await startServer({ shell, sudo });
  server.faults.noise = noise;
  await using transport = await connectBy(client, server.spec());
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
