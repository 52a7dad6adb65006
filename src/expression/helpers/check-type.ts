// Whether an argument is what the helper's parameter says: when its value is there, and before that as far as it is written out.
import { isList, isMap, type Value } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { type ArgumentType, HelperRefusal, type Parameter } from './helper.ts';

interface TypeRule {
  readonly test: (value: Value) => boolean;
  readonly words: string;
  /** The kinds of values among which its own are. */
  readonly kinds: readonly string[];
}

const RULES: Readonly<Record<ArgumentType, TypeRule>> = {
  any: { test: () => true, words: 'anything', kinds: ['text', 'number', 'boolean', 'list', 'map'] },
  string: { test: value => typeof value === 'string', words: 'a string', kinds: ['text'] },
  number: { test: value => typeof value === 'number', words: 'a number', kinds: ['number'] },
  integer: { test: value => Number.isInteger(value), words: 'a whole number', kinds: ['number'] },
  boolean: { test: value => typeof value === 'boolean', words: 'true or false', kinds: ['boolean'] },
  scalar: {
    test: value => ['string', 'number', 'boolean'].includes(typeof value),
    words: 'a string, a number or a boolean',
    kinds: ['text', 'number', 'boolean'],
  },
  list: { test: isList, words: 'a list', kinds: ['list'] },
  map: { test: isMap, words: 'a map', kinds: ['map'] },
  collection: { test: value => isList(value) || isMap(value), words: 'a list or a map', kinds: ['list', 'map'] },
  helper: { test: value => typeof value === 'string', words: 'the name of a helper', kinds: ['text'] },
};

/** The words for a type: `a list`. */
export function typeWords(type: ArgumentType): string {
  return RULES[type].words;
}

/**
 * @param shown the argument as given, secrets not revealed, for the message
 * @throws HelperRefusal: `upper: text must be a string, got the number 5`
 */
export function checkType(helper: string, parameter: Parameter, value: Value, shown: Value): void {
  const rule = RULES[parameter.type];
  if (rule.test(value)) return;
  throw new HelperRefusal(
    `${helper}: ${parameter.name} must be ${rule.words}, got ${describe(shown)}`,
    adviceFor(parameter, typeof value === 'string'),
  );
}

/**
 * The same of an argument that another helper gives, before there is a value.
 * @throws HelperRefusal: `upper: text must be a string, length gives a whole number`
 */
export function checkGiven(helper: string, parameter: Parameter, giver: string, gives: ArgumentType): void {
  const rule = RULES[parameter.type];
  const given = RULES[gives];
  if (given.kinds.some(kind => rule.kinds.includes(kind))) return;
  throw new HelperRefusal(
    `${helper}: ${parameter.name} must be ${rule.words}, ${giver} gives ${given.words}`,
    adviceFor(parameter, given.kinds.includes('text')),
  );
}

function adviceFor(parameter: Parameter, isText: boolean): { readonly advice?: string } {
  return isText && ['number', 'integer'].includes(parameter.type) ? { advice: 'write (int …) around it' } : {};
}
