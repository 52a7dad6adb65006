import { deepEqual, equal } from 'node:assert/strict';
import { parse } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { readNames } from '../../../src/expression/template/read-names.ts';

/** What texts are put together from: what is read here, and all that only looks like it. */
const PIECES = [
  ...['{{ name }}', '{{a}}', '{{ a.b_2.c }}', '{{\n  a\n}}', 'text', ' ', '\n', '\n\n', 'é\u2028x', '{', '}', '}}', ': "', '#', '!'],
  ...[
    '{{{a}}}',
    '{{~a}}',
    '{{a~}}',
    '{{#if a}}',
    '{{/if}}',
    '{{else}}',
    '{{this}}',
    '{{a.this}}',
    '{{true}}',
    '{{a.null}}',
    '{{elsewhere}}',
  ],
  ...[
    '{{!c}}',
    '{{a b}}',
    '{{a b=1}}',
    '{{@index}}',
    '{{../a}}',
    '{{a.[b]}}',
    '{{1}}',
    '{{a.1}}',
    '{{"a"}}',
    '{{a/b}}',
    '{{a-b}}',
    '{{&a}}',
  ],
  ...['{{', '{{ }}', '\\', '\\\\', '\r\n', '\r', '\0', '{{é}}', '{{as}}', '{{a as |b|}}', '{{>a}}', '{{^}}', '{{$a}}', '{{a.}}', '{{.a}}'],
];

describe('expression/template/read-names', () => {
  it('reads names as Handlebars does, or leaves the text to it', () => {
    const texts = [...PIECES, ...PIECES.flatMap(a => PIECES.map(b => a + b)), ...Array.from({ length: 4000 }, (_, seed) => madeUp(seed))];
    let read = 0;
    for (const text of texts) {
      const tree = readNames(text);
      if (tree === undefined) continue;
      read += 1;
      deepEqual(plain(tree), plain(parse(text)), JSON.stringify(text));
    }
    equal(read > 200, true, `${read} of ${texts.length}`);
  });

  it('reads what most templates are', () => {
    for (const text of ['{{ a }}', 'key=0\nhost={{ inventory_hostname }}\n', '{{ a.b }}/{{ c }}: {d} }} e', '{{a}}{{b}}'])
      equal(readNames(text)?.type, 'Program', text);
  });

  it('leaves everything else to Handlebars', () => {
    for (const text of [
      '{{{a}}}',
      '{{a}}}',
      '{{a b}}',
      '{{#if a}}{{/if}}',
      '{{~a}}',
      '{{else}}',
      '{{this.a}}',
      '\\{{a}}',
      '{{a',
      '{{a}}\r\n',
    ])
      equal(readNames(text), undefined, text);
  });
});

/** Three to eight pieces, the same ones for the same seed. */
function madeUp(seed: number): string {
  let state = seed + 1;
  const next = (): number => (state = (state * 48271) % 2147483647);
  return Array.from({ length: 3 + (next() % 6) }, () => PIECES[next() % PIECES.length]).join('');
}

/** A tree without what only Handlebars' own runtime looks at. */
function plain(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, function (this: Record<string, unknown>, key: string, value: unknown) {
      if (key === 'strip' || (key === 'loc' && this['type'] === 'Program')) return undefined;
      return key === 'original' && this['type'] === 'ContentStatement' ? undefined : value;
    }),
  );
}
