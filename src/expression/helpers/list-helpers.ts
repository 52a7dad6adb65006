// Helpers over lists.
import { same } from '../../util/canonical.ts';
import { Secret } from '../../util/secret.ts';
import { isList, isMap, type Value } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { follow } from '../lookup.ts';
import { asText } from './as-text.ts';
import { defineHelper, type Helper, HelperRefusal } from './helper.ts';

const LIST = { name: 'list', type: 'list' } as const;

function lengthOf(value: Value): number {
  if (typeof value === 'string') return Array.from(value).length;
  if (value instanceof Secret) return Array.from(value.reveal()).length;
  if (isList(value)) return value.length;
  if (isMap(value)) return Object.keys(value).length;
  throw new HelperRefusal(`length: value must be a list, a map or a string, got ${describe(value)}`);
}

function present(helper: string, item: Value | undefined): Value {
  if (item === undefined) throw new HelperRefusal(`${helper}: the list is empty`, { missing: true });
  return item;
}

function compare(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  throw new HelperRefusal('sort takes a list of numbers or a list of strings', {
    advice: `this one holds ${describe(left)} and ${describe(right)}`,
  });
}

export const LIST_HELPERS: readonly Helper[] = [
  defineHelper({
    name: 'join',
    topic: 'lists',
    gives: 'string',
    summary: 'The items of a list as one text, with a separator between them.',
    params: [LIST, { name: 'separator', type: 'string', optional: true }],
    examples: [
      { template: '{{join hosts ";"}}', with: { hosts: ['n1', 'n2'] }, gives: 'n1;n2' },
      { template: '{{join hosts}}', with: { hosts: ['n1', 2] }, gives: 'n1,2' },
    ],
    apply: (list, separator = ',') => list.map(asText).join(separator),
  }),
  defineHelper({
    name: 'length',
    topic: 'lists',
    gives: 'integer',
    summary: 'How many items a list, entries a map, or characters a text has.',
    params: [{ name: 'value', type: 'any' }],
    shallow: true,
    examples: [{ template: '{{length hosts}}', with: { hosts: ['n1', 'n2'] }, gives: 2 }],
    apply: lengthOf,
  }),
  defineHelper({
    name: 'first',
    topic: 'lists',
    summary: 'The first item of a list.',
    params: [LIST],
    shallow: true,
    examples: [{ template: '{{first hosts}}', with: { hosts: ['n1', 'n2'] }, gives: 'n1' }],
    apply: list => present('first', list.at(0)),
  }),
  defineHelper({
    name: 'last',
    topic: 'lists',
    summary: 'The last item of a list.',
    params: [LIST],
    shallow: true,
    examples: [{ template: '{{last hosts}}', with: { hosts: ['n1', 'n2'] }, gives: 'n2' }],
    apply: list => present('last', list.at(-1)),
  }),
  defineHelper({
    name: 'sort',
    topic: 'lists',
    gives: 'list',
    summary: 'A list of numbers or of strings in order; a list of maps in the order of one of their attributes.',
    params: [LIST, { name: 'attribute', type: 'string', optional: true }],
    examples: [
      { template: '{{sort list}}', with: { list: [10, 9] }, gives: [9, 10] },
      { template: '{{sort disks "size"}}', with: { disks: [{ size: 2 }, { size: 1 }] }, gives: [{ size: 1 }, { size: 2 }] },
    ],
    apply: (list, attribute) => {
      const by = (item: Value): Value => (attribute === undefined ? item : follow(item, attribute.split('.'), '', undefined));
      return list.toSorted((left, right) => compare(by(left), by(right)));
    },
  }),
  defineHelper({
    name: 'contains',
    topic: 'lists',
    gives: 'boolean',
    summary: 'Whether a list holds an item, a map a key, or a text a part.',
    params: [
      { name: 'whole', type: 'any' },
      { name: 'part', type: 'any' },
    ],
    examples: [
      { template: '{{contains hosts "n1"}}', with: { hosts: ['n1'] }, gives: true },
      { template: '{{contains "kafka" "z"}}', gives: false },
    ],
    apply: (whole, part) => {
      if (isList(whole)) return whole.some(item => same(item, part));
      if (isMap(whole) && typeof part === 'string') return Object.hasOwn(whole, part);
      if (typeof whole === 'string' && typeof part === 'string') return whole.includes(part);
      throw new HelperRefusal(`contains looks into a list, for a key of a map, or for text in text, got ${describe(whole)}`);
    },
  }),
  defineHelper({
    name: 'pluck',
    topic: 'lists',
    gives: 'list',
    summary: 'One attribute of every map in a list.',
    params: [LIST, { name: 'attribute', type: 'string' }],
    shallow: true,
    examples: [{ template: '{{pluck disks "name"}}', with: { disks: [{ name: 'sda' }, { name: 'sdb' }] }, gives: ['sda', 'sdb'] }],
    apply: (list, attribute) => list.map((item, index) => follow(item, [attribute], `item ${index}`, undefined)),
  }),
];
