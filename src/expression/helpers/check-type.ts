// Whether an argument is what the helper's parameter says.
import { isList, isMap, type Value } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { type ArgumentType, HelperRefusal, type Parameter } from './helper.ts';

interface TypeRule {
  readonly test: (value: Value) => boolean;
  readonly words: string;
}

const RULES: Readonly<Record<ArgumentType, TypeRule>> = {
  any: { test: () => true, words: 'anything' },
  string: { test: value => typeof value === 'string', words: 'a string' },
  number: { test: value => typeof value === 'number', words: 'a number' },
  integer: { test: value => Number.isInteger(value), words: 'a whole number' },
  boolean: { test: value => typeof value === 'boolean', words: 'true or false' },
  scalar: { test: value => ['string', 'number', 'boolean'].includes(typeof value), words: 'a string, a number or a boolean' },
  list: { test: isList, words: 'a list' },
  map: { test: isMap, words: 'a map' },
  collection: { test: value => isList(value) || isMap(value), words: 'a list or a map' },
};

/**
 * @param shown the argument as given, secrets not revealed, for the message
 * @throws HelperRefusal: `upper: text must be a string, got the number 5`
 */
export function checkType(helper: string, parameter: Parameter, value: Value, shown: Value): void {
  const rule = RULES[parameter.type];
  if (rule.test(value)) return;
  const advice = typeof value === 'string' && ['number', 'integer'].includes(parameter.type) ? 'write (int …) around it' : undefined;
  throw new HelperRefusal(
    `${helper}: ${parameter.name} must be ${rule.words}, got ${describe(shown)}`,
    advice === undefined ? {} : { advice },
  );
}
