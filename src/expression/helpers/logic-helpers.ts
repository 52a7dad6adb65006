// Helpers that decide: defaults, comparisons, and, or, not.
import { same } from '../../util/canonical.ts';
import { Secret } from '../../util/secret.ts';
import { Unknown } from '../../util/unknown.ts';
import type { Value } from '../../util/value.ts';
import { truth } from '../truth.ts';
import { asText } from './as-text.ts';
import { defineHelper, defineLazyHelper, type Helper, HelperRefusal, type LazyArgument } from './helper.ts';

const LEFT = { name: 'left', type: 'any' } as const;
const RIGHT = { name: 'right', type: 'any' } as const;

/** `and` and `or`: the first argument that decides ends it; unknown ones wait for a later argument to decide. */
function combine(args: readonly LazyArgument[], deciding: boolean): boolean | Unknown {
  const because: string[] = [];
  for (const argument of args) {
    const answer = truth(argument.value());
    if (answer === deciding) return deciding;
    if (answer instanceof Unknown) because.push(...answer.because);
  }
  return because.length > 0 ? new Unknown(because) : !deciding;
}

function order(helper: string, left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  throw new HelperRefusal(`${helper} compares two numbers or two strings`, { advice: 'write (int …) around a number that is text' });
}

function comparison(name: string, summary: string, test: (difference: number) => boolean, gives: boolean): Helper {
  return defineHelper({
    name,
    topic: 'decisions',
    summary,
    gives: 'boolean',
    params: [LEFT, RIGHT],
    examples: [{ template: `{{${name} 2 3}}`, gives }],
    apply: (left, right) => test(order(name, left, right)),
  });
}

export const LOGIC_HELPERS: readonly Helper[] = [
  defineLazyHelper({
    name: 'default',
    topic: 'decisions',
    summary: 'The first argument that exists and is not null; the last one as it is.',
    params: [
      { name: 'value', type: 'any' },
      { name: 'fallback', type: 'any' },
      { name: 'fallbacks', type: 'any', optional: true, rest: true },
    ],
    examples: [
      { template: '{{default a.b "x"}}', gives: 'x' },
      { template: '{{default port 80}}', with: { port: 0 }, gives: 0 },
    ],
    decide: args => {
      for (const argument of args.slice(0, -1)) {
        const value = argument.valueIfPresent();
        if (value !== undefined && value !== null) return value;
      }
      return args.at(-1)?.value() ?? null;
    },
  }),
  defineLazyHelper({
    name: 'has',
    topic: 'decisions',
    gives: 'boolean',
    summary: 'Whether a variable, a key or an item exists, be it null.',
    params: [{ name: 'value', type: 'any' }],
    examples: [
      { template: '{{has a.b}}', with: { a: { b: null } }, gives: true },
      { template: '{{has a.c}}', with: { a: { b: null } }, gives: false },
    ],
    decide: ([argument]) => argument?.exists() ?? false,
  }),
  defineLazyHelper({
    name: 'required',
    topic: 'decisions',
    summary: 'The value, or an error in your own words when it is missing, null or empty.',
    params: [
      { name: 'value', type: 'any' },
      { name: 'message', type: 'string' },
    ],
    examples: [{ template: '{{required name "give the cluster a name"}}', with: { name: 'a' }, gives: 'a' }],
    decide: ([argument, message]) => {
      const value = argument?.valueIfPresent();
      const empty = value instanceof Secret ? value.reveal() === '' : value === undefined || value === null || value === '';
      if (value === undefined || empty) throw new HelperRefusal(asText(message?.value() ?? 'a value is missing'));
      return value;
    },
  }),
  defineHelper({
    name: 'bool',
    topic: 'decisions',
    gives: 'boolean',
    summary: 'True or false out of a word such as yes, no, on, off, true, false, 1 or 0.',
    params: [{ name: 'value', type: 'scalar' }],
    examples: [
      { template: '{{bool "yes"}}', gives: true },
      { template: '{{bool 0}}', gives: false },
    ],
    apply: value => {
      const word = String(value).toLowerCase();
      if (['true', 'yes', 'on', '1'].includes(word)) return true;
      if (['false', 'no', 'off', '0'].includes(word)) return false;
      throw new HelperRefusal('bool: the value is none of yes, no, on, off, true, false, 1 and 0');
    },
  }),
  defineLazyHelper({
    name: 'and',
    topic: 'decisions',
    inCondition: '`a && b`',
    summary: 'Whether all arguments count as true.',
    params: [LEFT, RIGHT, { name: 'others', type: 'any', optional: true, rest: true }],
    examples: [{ template: '{{and true 0}}', gives: false }],
    decide: args => combine(args, false),
  }),
  defineLazyHelper({
    name: 'or',
    topic: 'decisions',
    inCondition: '`a || b`',
    summary: 'Whether any argument counts as true.',
    params: [LEFT, RIGHT, { name: 'others', type: 'any', optional: true, rest: true }],
    examples: [{ template: '{{or false "x"}}', gives: true }],
    decide: args => combine(args, true),
  }),
  defineLazyHelper({
    name: 'not',
    topic: 'decisions',
    inCondition: '`!a`',
    summary: 'Whether the argument counts as false: false, null, 0, empty text or an empty list.',
    params: [{ name: 'value', type: 'any' }],
    examples: [{ template: '{{not ""}}', gives: true }],
    decide: ([argument]) => {
      const answer = truth(argument?.value() ?? null);
      return answer instanceof Unknown ? answer : !answer;
    },
  }),
  defineLazyHelper({
    name: 'ternary',
    topic: 'decisions',
    inCondition: '`condition ? yes : no`',
    summary: 'The second argument when the first counts as true, else the third.',
    params: [
      { name: 'condition', type: 'any' },
      { name: 'yes', type: 'any' },
      { name: 'no', type: 'any' },
    ],
    examples: [{ template: '{{ternary tls 443 80}}', with: { tls: false }, gives: 80 }],
    decide: ([condition, yes, no]) => {
      const answer = truth(condition?.value() ?? null);
      return answer instanceof Unknown ? answer : ((answer ? yes : no)?.value() ?? null);
    },
  }),
  defineHelper({
    name: 'eq',
    topic: 'decisions',
    gives: 'boolean',
    summary: 'Whether two values are equal, in type too.',
    params: [LEFT, RIGHT],
    examples: [
      { template: '{{eq state "present"}}', with: { state: 'present' }, gives: true },
      { template: '{{eq 1 "1"}}', gives: false },
    ],
    apply: (left, right) => same(left, right),
  }),
  defineHelper({
    name: 'ne',
    topic: 'decisions',
    gives: 'boolean',
    summary: 'Whether two values differ.',
    params: [LEFT, RIGHT],
    examples: [{ template: '{{ne 1 2}}', gives: true }],
    apply: (left, right) => !same(left, right),
  }),
  comparison('lt', 'Whether the first number or text is less than the second.', difference => difference < 0, true),
  comparison('lte', 'Whether the first number or text is at most the second.', difference => difference <= 0, true),
  comparison('gt', 'Whether the first number or text is greater than the second.', difference => difference > 0, false),
  comparison('gte', 'Whether the first number or text is at least the second.', difference => difference >= 0, false),
];
