// Who runs commands on a host: a login, and the user it becomes. Every channel of a session is opened as this identity.
import { UnreachableError } from '../errors/errors.ts';
import { shellCommandLine } from './shell-text.ts';
import type { BecomeSpec, Channel, Transport, WireCounters } from './types.ts';

/** A transport and the user to become on it; counts what its channels carry. */
export interface Identity {
  readonly transport: Transport;
  readonly become: BecomeSpec | undefined;
  readonly counters: WireCounters;
}

/** Starts a sh as this identity, which reads its program from the first line of its input. @throws UnreachableError */
export async function openShellChannel({ transport, become }: Identity, signal?: AbortSignal): Promise<Channel> {
  // sudo takes a name or #uid; anything else could mean something to the login shell.
  if (become && !/^(#[0-9]+|[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?)$/.test(become.user)) {
    throw new UnreachableError(transport.host, 'become', `cannot become ${JSON.stringify(become.user)}: that is not a user name`);
  }
  return transport.open(shellCommandLine(become?.user), signal);
}

/** The error for a shell that ended before it greeted: sudo or the login shell refused, and says why in its own words. */
export function refusedShell({ transport, become }: Identity, status: number | undefined, words: string): UnreachableError {
  const { host, user, alive } = transport;
  const said = words.trim().replaceAll(/\s*\n\s*/g, '; ');
  if (!alive && status === undefined)
    return new UnreachableError(host, 'dropped', `the connection to ${host} was lost while its shell started`);
  if (become) {
    const advice = becomeAdvice(said, user, become.user);
    return new UnreachableError(host, 'become', `${user} cannot become ${become.user} on ${host}: ${said || endedWith(status)}, ${advice}`);
  }
  const advice = `check that ${user} has a login shell and that sh is on its PATH`;
  return new UnreachableError(host, 'protocol', `no shell for ${user} on ${host}: ${said || endedWith(status)}, ${advice}`);
}

function endedWith(status: number | undefined): string {
  return status === undefined ? 'it ended without a status' : `it ended with status ${status}`;
}

function becomeAdvice(said: string, user: string, target: string): string {
  if (/must have a tty/.test(said)) return `remove requiretty for ${user} in sudoers`;
  if (/not found/.test(said) && !/unknown user/.test(said)) return `install sudo there, or log in as ${target} and leave out become`;
  if (/unknown user/.test(said)) return 'name a user that exists there';
  return `let ${user} run sudo without a password: ${user} ALL=(${target}) NOPASSWD: ALL`;
}
