// Helpers over maps.
import { isList, isMap, type Value, type ValueMap } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { follow } from '../lookup.ts';
import { defineHelper, defineOpenHelper, type Helper, HelperRefusal } from './helper.ts';

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
  throw new HelperRefusal(`extract takes a list of names, got ${describe(key)} in it`);
}

/** The second map laid over the first; maps inside both are combined too when `recursive`. */
function combine(under: ValueMap, over: ValueMap, recursive: boolean): ValueMap {
  const entries = Object.entries(over).map(([key, value]) => {
    const before = Object.hasOwn(under, key) ? under[key] : undefined;
    return [key, recursive && isMap(before) && isMap(value) ? combine(before, value, true) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}

export const MAP_HELPERS: readonly Helper[] = [
  defineHelper({
    name: 'lookup',
    topic: 'maps',
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
    name: 'extract',
    topic: 'maps',
    gives: 'list',
    summary: 'What a map holds under some keys, in the order of the keys, or an attribute of each.',
    params: [MAP, { name: 'keys', type: 'list' }, { name: 'attribute', type: 'string', optional: true }],
    shallow: true,
    examples: [
      { template: '{{extract ids names}}', with: { ids: { a: 1, b: 2, c: 3 }, names: ['c', 'a'] }, gives: [3, 1] },
      {
        template: '{{extract hostvars groups.web "address"}}',
        with: { hostvars: { n1: { address: '10.0.0.1' } }, groups: { web: ['n1'] } },
        gives: ['10.0.0.1'],
      },
    ],
    apply: (map, keys, attribute) =>
      keys.map(key => follow(map, [keyText(key), ...(attribute === undefined ? [] : attribute.split('.'))], '', undefined)),
  }),
  defineHelper({
    name: 'items',
    topic: 'maps',
    gives: 'list',
    summary: 'The entries of a map as a list of maps with `key` and `value`.',
    params: [MAP],
    shallow: true,
    examples: [{ template: '{{items map}}', with: { map: { a: 1 } }, gives: [{ key: 'a', value: 1 }] }],
    apply: map => Object.entries(map).map(([key, value]) => ({ key, value })),
  }),
  defineHelper({
    name: 'combine',
    topic: 'maps',
    gives: 'map',
    summary: 'A map with another laid over it; with `recursive`, maps inside them too.',
    params: [MAP, { name: 'over', type: 'map' }, { name: 'recursive', type: 'boolean', optional: true }],
    shallow: true,
    examples: [
      { template: '{{combine usual own}}', with: { usual: { a: 1, b: 2 }, own: { b: 3 } }, gives: { a: 1, b: 3 } },
      {
        template: '{{combine usual own recursive=true}}',
        with: { usual: { log: { level: 'info', file: 'a' } }, own: { log: { level: 'debug' } } },
        gives: { log: { level: 'debug', file: 'a' } },
      },
    ],
    apply: (map, over, recursive = false) => combine(map, over, recursive),
  }),
  defineHelper({
    name: 'keys',
    topic: 'maps',
    gives: 'list',
    summary: 'The keys of a map.',
    params: [MAP],
    shallow: true,
    examples: [{ template: '{{keys map}}', with: { map: { a: 1, b: 2 } }, gives: ['a', 'b'] }],
    apply: map => Object.keys(map),
  }),
  defineHelper({
    name: 'values',
    topic: 'maps',
    gives: 'list',
    summary: 'The values of a map.',
    params: [MAP],
    shallow: true,
    examples: [{ template: '{{values map}}', with: { map: { a: 1, b: 2 } }, gives: [1, 2] }],
    apply: map => Object.values(map),
  }),
  defineOpenHelper({
    name: 'dict',
    topic: 'maps',
    gives: 'map',
    summary: 'A map out of a list of pairs, or of what is given by name; without anything, the empty map.',
    params: [{ name: 'pairs', type: 'list', optional: true }],
    examples: [
      { template: '{{dict pairs}}', with: { pairs: [['a', 1]] }, gives: { a: 1 } },
      { template: '{{dict pairs}}', with: { pairs: [{ key: 'a', value: 1 }] }, gives: { a: 1 } },
      { template: '{{dict port=80 name=name}}', with: { name: 'n1' }, gives: { port: 80, name: 'n1' } },
    ],
    apply: (pairs, named) => ({ ...Object.fromEntries((isList(pairs) ? pairs : []).map(pairOf)), ...named }),
  }),
];
