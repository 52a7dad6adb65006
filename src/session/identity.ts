// Who runs commands on a host: a login, and the user it becomes. Every channel of a session is opened as this identity.
import { randomBytes } from 'node:crypto';
import { UnreachableError } from '../errors/errors.ts';
import { answerSudo, type SudoEnd } from './answer-sudo.ts';
import { askingCommandLine, shellCommandLine } from './shell-text.ts';
import type { BecomeSpec, Channel, Transport, WireCounters } from './types.ts';
import { unlessAborted } from './wait.ts';

/** A transport and the user to become on it; counts what its channels carry. */
export interface Identity {
  readonly transport: Transport;
  readonly become: BecomeSpec | undefined;
  readonly counters: WireCounters;
  /** Milliseconds that sudo may take to let us through, and a host to take the next piece of a body; the defaults if absent. */
  readonly patience?: number;
}

/** Starts a sh as this identity, which reads its program from the first line of its input. @throws UnreachableError */
export async function openShellChannel(identity: Identity, signal?: AbortSignal): Promise<Channel> {
  const { transport, become, patience } = identity;
  // sudo takes a name or #uid; anything else could mean something to the login shell.
  if (become && !/^(#[0-9]+|[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?)$/.test(become.user)) {
    throw new UnreachableError(transport.host, 'become', `cannot become ${JSON.stringify(become.user)}: that is not a user name`);
  }
  const password = become?.password;
  if (become === undefined || password === undefined) return transport.open(shellCommandLine(become?.user), signal);
  const words = { prompt: randomBytes(12).toString('hex'), inside: randomBytes(12).toString('hex') };
  const channel = await transport.open(askingCommandLine(become.user, words), signal);
  const end = await unlessAborted(answerSudo(channel, words, password, patience), signal);
  if (end.kind === 'inside') return channel;
  throw refusedPassword(identity, end);
}

/** Why sudo did not let us through. What came after the password is not tried again: hosts lock accounts for less. */
function refusedPassword(identity: Identity, end: Exclude<SudoEnd, { readonly kind: 'inside' }>): UnreachableError {
  const { host, user } = identity.transport;
  if (end.kind === 'silent') {
    const advice = 'look at what hangs there (PAM, a name service)';
    return new UnreachableError(host, 'timeout', `sudo on ${host} neither asks for a password nor begins, ${advice}`);
  }
  if (end.kind === 'ended' && !/incorrect password/.test(end.words)) {
    const refused = refusedShell(identity, end.status, end.words);
    return end.isAnswered ? new UnreachableError(host, 'authentication', refused.message) : refused;
  }
  const advice = 'check become_password, or what you typed; it was tried once';
  return new UnreachableError(host, 'authentication', `sudo on ${host} does not take the password of ${user}, ${advice}`);
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
  const advice = `check that ${user} has a login shell which neither exits nor reads at login (~/.bashrc), and that sh is on its PATH`;
  return new UnreachableError(host, 'protocol', `no shell for ${user} on ${host}: ${said || endedWith(status)}, ${advice}`);
}

function endedWith(status: number | undefined): string {
  return status === undefined ? 'it ended without a status' : `it ended with status ${status}`;
}

function becomeAdvice(said: string, user: string, target: string): string {
  if (/must have a tty/.test(said)) return `remove requiretty for ${user} in sudoers`;
  if (/not found/.test(said) && !/unknown user/.test(said)) return `install sudo there, or log in as ${target} and leave out become`;
  if (/unknown user/.test(said)) return 'name a user that exists there';
  if (/not in the sudoers|not allowed/.test(said)) return `let ${user} run sudo as ${target} there`;
  return `set become_password or give -K, or let ${user} run sudo without a password: ${user} ALL=(${target}) NOPASSWD: ALL`;
}
