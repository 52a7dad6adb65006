// Command lines that start sh as another user. Like that of every channel, they hold no character on which sh, csh and fish disagree.
import type { BecomeMethod } from '../../util/become-method.ts';
import { SHELL_PROGRAM } from './shell-text.ts';

/** What is said around a question for a password: letters and digits that nothing else prints. */
export interface AskingWords {
  /** Said on both outputs when the method begins: what stands before it is not its own. */
  readonly begin: string;
  /** What sudo asks with. */
  readonly prompt: string;
  /** What the shell behind it says when it is there. */
  readonly inside: string;
}

/** What runs a program of sh, its first word, as the user that its second one names. None of them asks, but su where it has to. */
export const SILENT: Readonly<Record<BecomeMethod, string>> = {
  sudo: 'sudo -n -H -u "$2" -- sh -c "$1"',
  su: 'su -s /bin/sh -c "$1" "$2"',
  doas: 'doas -n -u "$2" -- sh -c "$1"',
};

/** Whatever it says is English: it is read here. */
const ENGLISH = 'LC_ALL=C; export LC_ALL;';

/** The command line of a channel whose shell is another user's, where no question is put. */
export function becomeCommandLine(method: BecomeMethod, user: string): string {
  return `exec sh -c '${ENGLISH} exec ${SILENT[method]}' sh '${SHELL_PROGRAM}' '${user}'`;
}

/** The same where a password may be asked for: on standard input and standard error, as nothing here is a terminal. */
export function askingCommandLine(method: 'sudo' | 'su', user: string, { begin, prompt, inside }: AskingWords): string {
  const client = method === 'sudo' ? SILENT.sudo.replace('-n', `-S -p ${prompt}`) : SILENT.su;
  return `exec sh -c 'echo ${begin}; echo ${begin} >&2; ${ENGLISH} exec ${client}' sh 'echo ${inside}; ${SHELL_PROGRAM}' '${user}'`;
}

/** The words of sh that run some other words as another user, from a shell that speaks English already. */
export function callWords(method: BecomeMethod, user: string): string {
  return method === 'sudo' ? `sudo -n -H -u '${user}' --` : `doas -n -u '${user}' --`;
}
