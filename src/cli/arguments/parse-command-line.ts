// The first arrow of the line of data: the words a person typed become a command, or a list of what is wrong with them.
import { InputError } from '../../errors/errors.ts';
import type { Problem } from '../../errors/problem.ts';
import type { CliCommand } from './command.ts';
import { findCommand, isCommand, isGroup } from './find-command.ts';
import { readFlags, type ReadWords } from './read-flags.ts';
import type { CommandSpec, OperandSpec } from './specs.ts';
import { COMMANDS } from './tables.ts';
import { VERSION_WORDS } from './version-words.ts';

const HELP_WORDS: ReadonlySet<string | undefined> = new Set([undefined, '--help', '-h', 'help']);

/**
 * The command that the words after the program's name ask for. Frozen.
 * @throws InputError with every problem of the line
 */
export function parseCommandLine(words: readonly string[]): CliCommand {
  const [first] = words;
  if (VERSION_WORDS.has(first)) return Object.freeze({ kind: 'version' });
  if (HELP_WORDS.has(first)) return parseHelp(words.slice(1));
  const found = findCommand(words);
  if (found.kind === 'none') throw new InputError([found.problem]);
  if (found.kind === 'group') return Object.freeze({ kind: 'help', about: found.name });
  const spec: CommandSpec = COMMANDS[found.name];
  const read = readFlags(found.words, spec);
  if (read.values.get('help') === true) return Object.freeze({ kind: 'help', about: found.name });
  // After an unknown flag it is not known which words are operands, so they are not complained of.
  const problems = [...read.problems, ...(read.problems.length > 0 ? [] : operandProblems(read, spec)), ...conflicts(read, spec)];
  if (problems.length > 0) throw new InputError(problems);
  const options = [...read.values].filter(([name]) => name !== 'help').map(([name, value]) => [camelCase(name), value] as const);
  // The table that was read is the table that the type is made of.
  return Object.freeze({
    kind: found.name,
    ...Object.fromEntries(options),
    ...(spec.operands && { operands: Object.freeze(read.operands) }),
    ...(spec.rest && { rest: Object.freeze(read.rest) }),
  }) as unknown as CliCommand;
}

function parseHelp(words: readonly string[]): CliCommand {
  const about = words.filter(word => !word.startsWith('-')).join(' ');
  if (about === '') return Object.freeze({ kind: 'help', about: undefined });
  if (isCommand(about) || isGroup(about)) return Object.freeze({ kind: 'help', about });
  const found = findCommand(about.split(' '));
  throw new InputError([found.kind === 'none' ? found.problem : { what: `there is no help on ${JSON.stringify(about)}` }]);
}

function operandProblems(read: ReadWords, spec: CommandSpec): readonly Problem[] {
  const problems = countProblems(read.operands, spec.operands, spec.name);
  if (spec.rest !== undefined || read.rest.length === 0) return problems;
  return [...problems, { what: `tsplay ${spec.name} takes nothing after --`, got: read.rest.join(' ') }];
}

function countProblems(given: readonly string[], operands: OperandSpec | undefined, command: string): readonly Problem[] {
  const surplus = given.slice(operands?.most ?? 0);
  const advice = `tsplay ${command} --help shows how`;
  if (surplus.length > 0) {
    return [
      {
        what: `tsplay ${command} takes ${operands ? `one ${operands.name}` : 'options only'}`,
        got: surplus.map(word => JSON.stringify(word)).join(' '),
        advice,
      },
    ];
  }
  return operands && given.length < operands.least ? [{ what: `tsplay ${command} needs a ${operands.name}`, advice }] : [];
}

/** Options that make no sense together. */
function conflicts({ values }: ReadWords, spec: CommandSpec): readonly Problem[] {
  if (spec.flags.some(flag => flag.name === 'check') && values.get('exit-code') === true && values.get('check') !== true)
    return [{ what: '--exit-code says whether a check found changes', advice: 'add --check' }];
  if (values.get('retry-failed') !== undefined && values.get('limit') !== undefined)
    return [{ what: '--retry-failed and --limit both say which hosts', advice: 'give one of them' }];
  if (values.get('list') === true && values.get('host') !== undefined)
    return [{ what: '--list and --host are two questions', advice: 'give one of them' }];
  return [];
}

function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_match, letter: string) => letter.toUpperCase());
}
