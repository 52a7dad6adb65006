// What a scalar's text means: YAML 1.2's core types, minus what JSON cannot hold.
import { boolCoreTag, floatCoreTag, intCoreTag, NOT_RESOLVED, nullCoreTag, type ScalarTagDefinition } from 'js-yaml';
import type { Problem } from '../../errors/problem.ts';
import type { Scalar } from '../../util/value.ts';

/** Bare words that may mean something else than their text. */
const SPECIAL = /^(?:[-+.~\d]|(?:null|true|false)?$)/i;

const CORE: Readonly<Record<string, ScalarTagDefinition<Scalar>>> = {
  '!!null': nullCoreTag,
  '!!bool': boolCoreTag,
  '!!int': intCoreTag,
  '!!float': floatCoreTag,
};

const CORE_TAGS = Object.entries(CORE);

type Meaning = { readonly value: Scalar } | { readonly problem: Omit<Problem, 'at'> };

/** The value of a bare word, or of any scalar under an explicit core tag; everything else is a string. */
export function resolveScalar(text: string, plain: boolean, tag: string | undefined): Meaning {
  if (tag === '!!str' || tag === '!' || (tag === undefined && !(plain && SPECIAL.test(text)))) return { value: text };
  if (tag === undefined) {
    for (const [name, type] of CORE_TAGS) {
      const value = type.resolve(text, false, name);
      if (value !== NOT_RESOLVED) return checked(value, text);
    }
    return { value: text };
  }
  const type = Object.hasOwn(CORE, tag) ? CORE[tag] : undefined;
  if (type === undefined) return { problem: refusedTag(tag) };
  const value = type.resolve(text, true, tag);
  if (value === NOT_RESOLVED)
    return { problem: { what: `${JSON.stringify(text)} cannot be read as ${tag}`, advice: `remove ${tag} or correct the value` } };
  return checked(value, text);
}

/** What to say of a tag that is not one of YAML's core types. */
export function refusedTag(tag: string): Omit<Problem, 'at'> {
  if (tag === '!vault')
    return { what: '!vault values cannot be read yet', advice: 'give the value with -e or keep it in a file of its own' };
  return { what: `unknown tag ${tag}`, advice: 'remove it: values are strings, numbers, true, false, null, lists and maps' };
}

function checked(value: Scalar, text: string): Meaning {
  if (typeof value !== 'number') return { value };
  if (!Number.isFinite(value))
    return { problem: { what: `${text} is not a number that can be used`, advice: `quote it if it is text: "${text}"` } };
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.e]/i.test(text)) {
    return { problem: { what: `the number ${text} is too large to be kept exactly`, advice: `write it as a quoted string: "${text}"` } };
  }
  return { value };
}
