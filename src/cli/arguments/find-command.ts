// Which command a line begins with.
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../util/nearest.ts';
import { ANSIBLE_COMMANDS } from './ansible-flags.ts';
import { COMMANDS, GROUPS, type CommandGroup, type CommandName } from './tables.ts';

/** The command and the words after it, or why there is none. */
export type FoundCommand =
  | { readonly kind: 'command'; readonly name: CommandName; readonly words: readonly string[] }
  | { readonly kind: 'group'; readonly name: CommandGroup }
  | { readonly kind: 'none'; readonly problem: Problem };

/** Finds it; a command of two words (`lab up`) is one command. */
export function findCommand(words: readonly string[]): FoundCommand {
  const [first = '', second] = words;
  if (isCommand(first)) return { kind: 'command', name: first, words: words.slice(1) };
  if (isGroup(first)) return findInGroup(first, second, words.slice(2));
  return { kind: 'none', problem: problemOf(first, words) };
}

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

export function isGroup(word: string): word is CommandGroup {
  return Object.hasOwn(GROUPS, word);
}

function findInGroup(group: CommandGroup, action: string | undefined, words: readonly string[]): FoundCommand {
  if (action === undefined || action === '--help' || action === '-h') return { kind: 'group', name: group };
  const name = `${group} ${action}`;
  if (isCommand(name)) return { kind: 'command', name, words };
  const actions = Object.keys(COMMANDS).flatMap(command => (command.startsWith(`${group} `) ? [command.slice(group.length + 1)] : []));
  const advice = didYouMean(action, actions) ?? `it does ${actions.join(', ')}`;
  return { kind: 'none', problem: { what: `tsplay ${group} does not know ${JSON.stringify(action)}`, advice } };
}

function problemOf(word: string, words: readonly string[]): Problem {
  if (word.startsWith('-'))
    return { what: 'the command comes first', got: word, advice: 'write tsplay run PLAYBOOK and the options after it' };
  if (/\.ya?ml$/.test(word)) return { what: `${word} is a playbook, not a command`, advice: `write tsplay run ${words.join(' ')}` };
  const names = new Set(Object.keys(COMMANDS).map(name => name.split(' ')[0] ?? name));
  const advice = ANSIBLE_COMMANDS.get(word) ?? didYouMean(word, names) ?? 'tsplay --help lists the commands';
  return { what: `unknown command ${JSON.stringify(word)}`, advice };
}
