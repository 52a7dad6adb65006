// From words to the values of a command's flags, with every problem at once. node:util splits the words, the table says what they mean.
import { parseArgs } from 'node:util';
import type { Problem } from '../../errors/problem.ts';
import { missingValue, notAChoice, notANumber, surplusValue, unknownFlag } from './flag-problems.ts';
import type { CommandSpec, FlagSpec } from './specs.ts';

type FlagValue = boolean | number | string | readonly string[] | undefined;

/** The words of a command line, told apart. */
export interface ReadWords {
  readonly values: ReadonlyMap<string, FlagValue>;
  readonly operands: readonly string[];
  /** What stands after `--`. */
  readonly rest: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads the words after a command's name. */
export function readFlags(words: readonly string[], spec: CommandSpec): ReadWords {
  const problems: Problem[] = [];
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  const rest: string[] = [];
  const { tokens } = parseArgs({ args: [...words], options: optionsOf(spec), strict: false, allowPositionals: true, tokens: true });
  let isRest = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') isRest = true;
    else if (token.kind === 'positional') (isRest ? rest : operands).push(token.value);
    else {
      const flag = spec.flags.find(candidate => namesOf(candidate).includes(token.name));
      const problem = flag ? misuse(flag, token.value, token.inlineValue === true) : unknownFlag(token.rawName, spec);
      if (problem) problems.push(problem);
      else if (flag) given.set(flag.name, [...(given.get(flag.name) ?? []), token.value ?? '']);
    }
  }
  const values = new Map<string, FlagValue>();
  for (const flag of spec.flags)
    values.set(
      flag.name,
      valueOf(flag, given.get(flag.name) ?? [], problem => problems.push(problem)),
    );
  return { values, operands, rest, problems };
}

function optionsOf(spec: CommandSpec): Record<string, { type: 'string' | 'boolean'; multiple: true; short?: string }> {
  return Object.fromEntries(
    spec.flags.flatMap(flag => {
      const type = takesValue(flag) ? ('string' as const) : ('boolean' as const);
      const aliases = (flag.aliases ?? []).map(alias => [alias, { type, multiple: true as const }] as const);
      return [[flag.name, { type, multiple: true as const, ...(flag.short !== undefined && { short: flag.short }) }] as const, ...aliases];
    }),
  );
}

function namesOf(flag: FlagSpec): readonly string[] {
  return [flag.name, ...(flag.aliases ?? [])];
}

function takesValue(flag: FlagSpec): boolean {
  return flag.type !== 'switch' && flag.type !== 'count' && flag.type !== 'optional';
}

function misuse(flag: FlagSpec, value: string | undefined, isInline: boolean): Problem | undefined {
  if (flag.type === 'optional') return value === '' ? missingValue(flag, undefined) : undefined;
  if (!takesValue(flag)) return value === undefined ? undefined : surplusValue(flag, value);
  if (value === undefined || value === '') return missingValue(flag, undefined);
  // What begins with a dash is another flag that somebody forgot the value before; words in quotes are not (`-o ProxyJump=outer`).
  return !isInline && value.startsWith('-') && value !== '-' && !value.includes(' ') ? missingValue(flag, value) : undefined;
}

function valueOf(flag: FlagSpec, given: readonly string[], complain: (problem: Problem) => void): FlagValue {
  const last = given.at(-1);
  switch (flag.type) {
    case 'switch':
      return given.length > 0;
    case 'count':
      return given.length;
    case 'text':
      return last;
    case 'optional':
      return last === '' ? flag.bare : last;
    case 'list':
      return Object.freeze(flag.commas ? given.flatMap(splitCommas) : [...given]);
    case 'number':
      if (last !== undefined && !/^[1-9]\d{0,5}$/.test(last)) complain(notANumber(flag, last));
      return last === undefined ? flag.default : Number(last);
    case 'choice':
      if (last !== undefined && !flag.choices.includes(last)) complain(notAChoice(flag, last));
      return last ?? flag.default;
  }
  return flag satisfies never;
}

function splitCommas(text: string): readonly string[] {
  return text.split(',').flatMap(part => part.trim() || []);
}
