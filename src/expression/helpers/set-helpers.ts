// Helpers that take lists apart and put them together.
import { canonical } from '../../util/canonical.ts';
import { isList, type Value } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { defineHelper, type Helper, HelperRefusal } from './helper.ts';

const LIST = { name: 'list', type: 'list' } as const;
const OTHER = { name: 'other', type: 'list' } as const;

function inFirstOrder(list: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return list.filter(item => seen.size < seen.add(canonical(item)).size);
}

/** The items of a list that are, or are not, in another. */
function among(list: readonly Value[], other: readonly Value[], wanted: boolean): readonly Value[] {
  const there = new Set(other.map(canonical));
  return inFirstOrder(list).filter(item => there.has(canonical(item)) === wanted);
}

function flatten(list: readonly Value[], depth: number): readonly Value[] {
  return list.flatMap(item => (isList(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

export const SET_HELPERS: readonly Helper[] = [
  defineHelper({
    name: 'list',
    gathers: true,
    topic: 'lists',
    gives: 'list',
    summary: 'A list of what it is given; without anything, the empty list.',
    params: [{ name: 'items', type: 'any', optional: true, rest: true }],
    shallow: true,
    examples: [
      { template: '{{list "n1" port}}', with: { port: 80 }, gives: ['n1', 80] },
      { template: '{{default hosts (list)}}', gives: [] },
    ],
    apply: (...items) => items,
  }),
  defineHelper({
    name: 'unique',
    topic: 'lists',
    gives: 'list',
    summary: 'A list without repeated items, in the order of their first appearance.',
    params: [LIST],
    examples: [{ template: '{{unique list}}', with: { list: [2, 1, 2] }, gives: [2, 1] }],
    apply: inFirstOrder,
  }),
  defineHelper({
    name: 'union',
    topic: 'lists',
    gives: 'list',
    summary: 'What is in one list or in the other, each once.',
    params: [LIST, OTHER],
    examples: [{ template: '{{union a b}}', with: { a: [2, 1], b: [1, 3] }, gives: [2, 1, 3] }],
    apply: (list, other) => inFirstOrder([...list, ...other]),
  }),
  defineHelper({
    name: 'difference',
    topic: 'lists',
    gives: 'list',
    summary: 'What is in the first list and not in the second, each once.',
    params: [LIST, OTHER],
    examples: [{ template: '{{difference all down}}', with: { all: ['n1', 'n2'], down: ['n1'] }, gives: ['n2'] }],
    apply: (list, other) => among(list, other, false),
  }),
  defineHelper({
    name: 'intersect',
    topic: 'lists',
    gives: 'list',
    summary: 'What is in both lists, each once, in the order of the first.',
    params: [LIST, OTHER],
    examples: [{ template: '{{intersect a b}}', with: { a: [3, 2, 1], b: [1, 3] }, gives: [3, 1] }],
    apply: (list, other) => among(list, other, true),
  }),
  defineHelper({
    name: 'reverse',
    topic: 'lists',
    gives: 'list',
    summary: 'A list from its end to its beginning.',
    params: [LIST],
    shallow: true,
    examples: [{ template: '{{reverse list}}', with: { list: [1, 2] }, gives: [2, 1] }],
    apply: list => list.toReversed(),
  }),
  defineHelper({
    name: 'slice',
    topic: 'lists',
    gives: 'list',
    summary: 'The items of a list from one place, counted from 0, to before another; places below 0 count from the end.',
    params: [LIST, { name: 'from', type: 'integer' }, { name: 'to', type: 'integer', optional: true }],
    shallow: true,
    examples: [
      { template: '{{slice hosts 1}}', with: { hosts: ['n1', 'n2', 'n3'] }, gives: ['n2', 'n3'] },
      { template: '{{slice hosts 0 -1}}', with: { hosts: ['n1', 'n2', 'n3'] }, gives: ['n1', 'n2'] },
    ],
    apply: (list, from, to) => list.slice(from, to),
  }),
  defineHelper({
    name: 'flatten',
    topic: 'lists',
    gives: 'list',
    summary: 'One list out of lists inside lists, as deep as they go or so many levels.',
    params: [LIST, { name: 'levels', type: 'integer', optional: true }],
    shallow: true,
    examples: [
      { template: '{{flatten list}}', with: { list: [1, [2, [3]]] }, gives: [1, 2, 3] },
      { template: '{{flatten list levels=1}}', with: { list: [1, [2, [3]]] }, gives: [1, 2, [3]] },
    ],
    apply: (list, levels = Infinity) => flatten(list, levels),
  }),
  defineHelper({
    name: 'zip',
    topic: 'lists',
    gives: 'list',
    summary: 'Pairs of the items at the same place in lists, as many as the shortest one has.',
    params: [LIST, OTHER, { name: 'others', type: 'list', optional: true, rest: true }],
    shallow: true,
    examples: [
      {
        template: '{{zip names ports}}',
        with: { names: ['a', 'b'], ports: [1, 2, 3] },
        gives: [
          ['a', 1],
          ['b', 2],
        ],
      },
    ],
    apply: (...lists) =>
      Array.from({ length: Math.min(...lists.map(list => list.length)) }, (_, index) => lists.map(list => list[index] ?? null)),
  }),
  defineHelper({
    name: 'batch',
    topic: 'lists',
    gives: 'list',
    summary: 'A list cut into lists of so many items.',
    params: [LIST, { name: 'size', type: 'integer' }],
    shallow: true,
    examples: [{ template: '{{batch list 2}}', with: { list: [1, 2, 3] }, gives: [[1, 2], [3]] }],
    apply: (list, size) => {
      if (size < 1) throw new HelperRefusal(`batch: size must be 1 or more, got ${describe(size)}`);
      return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
    },
  }),
];
