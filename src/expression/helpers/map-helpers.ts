// Helpers over maps.
import { isList, isMap, type Value } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { follow } from '../lookup.ts';
import { defineHelper, type Helper, HelperRefusal } from './helper.ts';

const MAP = { name: 'map', type: 'map' } as const;

/** A key and a value out of `[key, value]` or `{key, value}`. */
function pairOf(item: Value): readonly [string, Value] {
  const [key, value] = isList(item) && item.length === 2 ? item : isMap(item) ? [item['key'], item['value']] : [];
  if (typeof key !== 'string' || value === undefined)
    throw new HelperRefusal(`dict takes pairs [key, value] or maps with key and value, got ${describe(item)}`);
  return [key, value];
}

/** A key must not be secret: messages name it. */
function keyText(key: Value): string {
  if (typeof key === 'string' || typeof key === 'number') return String(key);
  throw new HelperRefusal(`select takes a list of names, got ${describe(key)} in it`);
}

export const MAP_HELPERS: readonly Helper[] = [
  defineHelper({
    name: 'lookup',
    summary: 'What a list or a map holds under a key, and under further keys inside that.',
    params: [
      { name: 'from', type: 'collection' },
      { name: 'key', type: 'scalar' },
      { name: 'keys', type: 'scalar', optional: true, rest: true },
    ],
    shallow: true,
    examples: [
      {
        template: '{{lookup hostvars name "address"}}',
        with: { hostvars: { n1: { address: '10.0.0.1' } }, name: 'n1' },
        gives: '10.0.0.1',
      },
    ],
    apply: (from, ...keys) => follow(from, keys.map(String), '', undefined),
  }),
  defineHelper({
    name: 'select',
    summary: 'The values of a map under some keys, in the order of the keys.',
    params: [MAP, { name: 'keys', type: 'list' }],
    shallow: true,
    examples: [{ template: '{{select ids names}}', with: { ids: { a: 1, b: 2, c: 3 }, names: ['c', 'a'] }, gives: [3, 1] }],
    apply: (map, keys) => keys.map(key => follow(map, [keyText(key)], '', undefined)),
  }),
  defineHelper({
    name: 'keys',
    summary: 'The keys of a map.',
    params: [MAP],
    shallow: true,
    examples: [{ template: '{{keys map}}', with: { map: { a: 1, b: 2 } }, gives: ['a', 'b'] }],
    apply: map => Object.keys(map),
  }),
  defineHelper({
    name: 'values',
    summary: 'The values of a map.',
    params: [MAP],
    shallow: true,
    examples: [{ template: '{{values map}}', with: { map: { a: 1, b: 2 } }, gives: [1, 2] }],
    apply: map => Object.values(map),
  }),
  defineHelper({
    name: 'dict',
    summary: 'A map out of a list of pairs.',
    params: [{ name: 'pairs', type: 'list' }],
    shallow: true,
    examples: [
      { template: '{{dict pairs}}', with: { pairs: [['a', 1]] }, gives: { a: 1 } },
      { template: '{{dict pairs}}', with: { pairs: [{ key: 'a', value: 1 }] }, gives: { a: 1 } },
    ],
    apply: pairs => Object.fromEntries(pairs.map(pairOf)),
  }),
];
