// Who runs commands on a host: a login, and the user it becomes. Every channel of a session is opened as this identity.
import { randomBytes } from 'node:crypto';
import { UnreachableError } from '../../errors/errors.ts';
import { answerPrompt, type AskEnd } from './answer-prompt.ts';
import { becomeAdvice } from './become-advice.ts';
import { askingCommandLine, becomeCommandLine } from './become-lines.ts';
import { SHELL_COMMAND_LINE } from './shell-text.ts';
import type { BecomeSpec, Channel, Transport, WireCounters } from '../types.ts';
import { unlessAborted } from '../wait.ts';

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
  if (become === undefined) return transport.open(SHELL_COMMAND_LINE, signal);
  refuseStrangeName(transport.host, become);
  const { method, user, password } = become;
  // su asks on standard input whenever it has to: nothing may stand there that it could take for a password.
  if (method === 'doas' || (method === 'sudo' && password === undefined)) return transport.open(becomeCommandLine(method, user), signal);
  const words = { begin: randomWord(), prompt: randomWord(), inside: randomWord() };
  const channel = await transport.open(askingCommandLine(method, user, words), signal);
  const end = await unlessAborted(answerPrompt(channel, method, words, password, patience), signal);
  if (end.kind === 'inside') return channel;
  throw refusedPassword(identity, become, end);
}

/** @throws UnreachableError for a name that could mean something to a shell; sudo alone takes #uid */
export function refuseStrangeName(host: string, { method, user }: BecomeSpec): void {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?$/.test(user) || (method === 'sudo' && /^#[0-9]+$/.test(user))) return;
  throw new UnreachableError(host, 'become', `cannot become ${JSON.stringify(user)}: that is not a user name`);
}

function randomWord(): string {
  return randomBytes(12).toString('hex');
}

/** Why we were not let through. What came after the password is not tried again: hosts lock accounts for less. */
function refusedPassword(identity: Identity, become: BecomeSpec, end: Exclude<AskEnd, { readonly kind: 'inside' }>): UnreachableError {
  const { host, user } = identity.transport;
  const { method, user: target } = become;
  const whose = method === 'su' ? target : user;
  if (end.kind === 'unanswered') {
    const advice = 'set become_password or give -K, or log in as root, who is not asked';
    return new UnreachableError(host, 'become', `${method} on ${host} asks ${user} for the password of ${whose}, ${advice}`);
  }
  if (end.kind === 'silent') {
    const advice = 'look at what hangs there (PAM, a name service), or at what it asks instead';
    const said = end.words.trim() === '' ? '' : `: ${oneLineOf(end.words)}`;
    return new UnreachableError(host, 'timeout', `${method} on ${host} neither asks for a password nor begins${said}, ${advice}`);
  }
  if (end.kind === 'ended' && !(end.isAnswered && /incorrect password|Authentication failure/.test(end.words))) {
    const refused = refusedShell(identity, end.status, end.words);
    return end.isAnswered ? new UnreachableError(host, 'authentication', refused.message) : refused;
  }
  const advice = 'check become_password, or what you typed; it was tried once';
  return new UnreachableError(host, 'authentication', `${method} on ${host} does not take the password of ${whose}, ${advice}`);
}

/** The error for a shell that ended before it greeted: sudo or the login shell refused, and says why in its own words. */
export function refusedShell({ transport, become }: Identity, status: number | undefined, words: string): UnreachableError {
  const { host, user, alive } = transport;
  const said = oneLineOf(words);
  if (!alive && status === undefined)
    return new UnreachableError(host, 'dropped', `the connection to ${host} was lost while its shell started`);
  if (become) {
    const advice = becomeAdvice(said, { method: become.method, user, target: become.user });
    return new UnreachableError(host, 'become', `${user} cannot become ${become.user} on ${host}: ${said || endedWith(status)}, ${advice}`);
  }
  const advice = `check that ${user} has a login shell which neither exits nor reads at login (~/.bashrc), and that sh is on its PATH`;
  return new UnreachableError(host, 'protocol', `no shell for ${user} on ${host}: ${said || endedWith(status)}, ${advice}`);
}

function oneLineOf(words: string): string {
  return words.trim().replaceAll(/\s*\n\s*/g, '; ');
}

function endedWith(status: number | undefined): string {
  return status === undefined ? 'it ended without a status' : `it ended with status ${status}`;
}
