// Helpers over numbers.
import { isList, type Value } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { defineHelper, type Helper, HelperRefusal } from './helper.ts';

const LEFT = { name: 'left', type: 'number' } as const;
const RIGHT = { name: 'right', type: 'number' } as const;
const NUMBERS = { name: 'numbers', type: 'any', rest: true } as const;
const LONGEST_RANGE = 100_000;

function checked(helper: string, result: number): number {
  if (!Number.isFinite(result)) throw new HelperRefusal(`${helper}: the result is not a number that can be used`);
  return result;
}

/** Numbers given one by one, or as one list. */
function numbersOf(helper: string, values: readonly Value[]): readonly number[] {
  const [first] = values;
  const items = values.length === 1 && isList(first) ? first : values;
  const wrong = items.find(item => typeof item !== 'number');
  if (wrong !== undefined) throw new HelperRefusal(`${helper} takes numbers, got ${describe(wrong)}`);
  if (items.length === 0) throw new HelperRefusal(`${helper} of nothing`, { missing: true });
  return items as readonly number[];
}

function divisor(helper: string, right: number): number {
  if (right === 0) throw new HelperRefusal(`${helper}: division by zero`);
  return right;
}

export const NUMBER_HELPERS: readonly Helper[] = [
  defineHelper({
    name: 'add',
    topic: 'numbers',
    gives: 'number',
    summary: 'The sum of numbers.',
    params: [LEFT, RIGHT, { name: 'others', type: 'number', optional: true, rest: true }],
    examples: [{ template: '{{add kafka_port 10000}}', with: { kafka_port: 9092 }, gives: 19092 }],
    apply: (left, right, ...others) =>
      checked(
        'add',
        [right, ...others].reduce((sum, item) => sum + item, left),
      ),
  }),
  defineHelper({
    name: 'sub',
    topic: 'numbers',
    gives: 'number',
    summary: 'The first number less the second.',
    params: [LEFT, RIGHT],
    examples: [{ template: '{{sub 5 3}}', gives: 2 }],
    apply: (left, right) => checked('sub', left - right),
  }),
  defineHelper({
    name: 'mul',
    topic: 'numbers',
    gives: 'number',
    summary: 'The product of numbers.',
    params: [LEFT, RIGHT, { name: 'others', type: 'number', optional: true, rest: true }],
    examples: [{ template: '{{mul 2 3 4}}', gives: 24 }],
    apply: (left, right, ...others) =>
      checked(
        'mul',
        [right, ...others].reduce((product, item) => product * item, left),
      ),
  }),
  defineHelper({
    name: 'div',
    topic: 'numbers',
    gives: 'number',
    summary: 'The first number divided by the second; with two whole numbers, rounded towards zero.',
    params: [LEFT, RIGHT],
    examples: [
      { template: '{{div 7 2}}', gives: 3 },
      { template: '{{div 7.5 2}}', gives: 3.75 },
    ],
    apply: (left, right) => {
      const result = checked('div', left / divisor('div', right));
      return Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(result) + 0 : result;
    },
  }),
  defineHelper({
    name: 'mod',
    topic: 'numbers',
    gives: 'number',
    summary: 'What remains of the first number after dividing by the second.',
    params: [LEFT, RIGHT],
    examples: [{ template: '{{mod 7 3}}', gives: 1 }],
    apply: (left, right) => left % divisor('mod', right),
  }),
  defineHelper({
    name: 'min',
    topic: 'numbers',
    gives: 'number',
    summary: 'The least of some numbers, or of a list of them.',
    params: [NUMBERS],
    examples: [
      { template: '{{min 3 2}}', gives: 2 },
      { template: '{{min list}}', with: { list: [4, 1] }, gives: 1 },
    ],
    apply: (...values) => Math.min(...numbersOf('min', values)),
  }),
  defineHelper({
    name: 'max',
    topic: 'numbers',
    gives: 'number',
    summary: 'The greatest of some numbers, or of a list of them.',
    params: [NUMBERS],
    examples: [{ template: '{{max 3 2}}', gives: 3 }],
    apply: (...values) => Math.max(...numbersOf('max', values)),
  }),
  defineHelper({
    name: 'sum',
    topic: 'numbers',
    gives: 'number',
    summary: 'The sum of a list of numbers; of an empty one, 0.',
    params: [{ name: 'list', type: 'list' }],
    examples: [{ template: '{{sum sizes}}', with: { sizes: [4, 1] }, gives: 5 }],
    apply: list =>
      list.length === 0
        ? 0
        : checked(
            'sum',
            numbersOf('sum', [list]).reduce((total, item) => total + item, 0),
          ),
  }),
  defineHelper({
    name: 'round',
    topic: 'numbers',
    gives: 'number',
    summary: 'A number rounded to so many decimal places, or to a whole one.',
    params: [
      { name: 'number', type: 'number' },
      { name: 'places', type: 'integer', optional: true },
    ],
    examples: [
      { template: '{{round 2.5}}', gives: 3 },
      { template: '{{round 2.345 1}}', gives: 2.3 },
    ],
    apply: (number, places = 0) => {
      if (places < 0 || places > 15) throw new HelperRefusal(`round: places must be from 0 to 15, got the number ${places}`);
      return Number(`${Math.round(Number(`${number}e${places}`))}e-${places}`);
    },
  }),
  defineHelper({
    name: 'abs',
    topic: 'numbers',
    gives: 'number',
    summary: 'A number without its sign.',
    params: [{ name: 'number', type: 'number' }],
    examples: [{ template: '{{abs -2}}', gives: 2 }],
    apply: number => Math.abs(number),
  }),
  defineHelper({
    name: 'float',
    topic: 'numbers',
    gives: 'number',
    summary: 'A number out of text.',
    params: [{ name: 'value', type: 'scalar' }],
    examples: [{ template: '{{float "1.5"}}', gives: 1.5 }],
    apply: value => {
      const number = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(String(value)) ? Number(value) : NaN;
      if (!Number.isFinite(number)) throw new HelperRefusal('float: the value is not a number');
      return number;
    },
  }),
  defineHelper({
    name: 'int',
    topic: 'numbers',
    gives: 'integer',
    summary: 'A whole number out of text, or a number without its fraction.',
    params: [{ name: 'value', type: 'scalar' }],
    examples: [
      { template: '{{int "12"}}', gives: 12 },
      { template: '{{int 2.9}}', gives: 2 },
    ],
    apply: value => {
      const number = typeof value === 'number' ? Math.trunc(value) + 0 : /^\s*[-+]?\d+\s*$/.test(String(value)) ? Number(value) : NaN;
      if (!Number.isSafeInteger(number)) throw new HelperRefusal('int: the value is not a whole number');
      return number;
    },
  }),
  defineHelper({
    name: 'range',
    topic: 'numbers',
    gives: 'list',
    summary: 'Whole numbers from 0, or from the first to before the second.',
    params: [
      { name: 'from', type: 'integer' },
      { name: 'to', type: 'integer', optional: true },
    ],
    examples: [
      { template: '{{range 3}}', gives: [0, 1, 2] },
      { template: '{{range 1 4}}', gives: [1, 2, 3] },
    ],
    apply: (from, to) => {
      const [start, end] = to === undefined ? [0, from] : [from, to];
      if (end - start > LONGEST_RANGE) throw new HelperRefusal(`range: more than ${LONGEST_RANGE} numbers`);
      return Array.from({ length: Math.max(end - start, 0) }, (_, index) => start + index);
    },
  }),
];
