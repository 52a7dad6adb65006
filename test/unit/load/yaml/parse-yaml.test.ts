// YAML to values, and every complaint about YAML with its place.
import assert from 'node:assert/strict';
import { InputError } from '../../../../src/errors/errors.ts';
import { get } from '../../../../src/load/yaml/node.ts';
import { parseYaml } from '../../../../src/load/yaml/parse-yaml.ts';
import { toValue } from '../../../../src/load/yaml/to-value.ts';
import type { Value } from '../../../../src/util/value.ts';

const VALUES: readonly (readonly [text: string, value: Value])[] = [
  ['a: 1\nb: [x, "2", 1.5, true, ~]\n', { a: 1, b: ['x', '2', 1.5, true, null] }],
  ['a:\nb:\n  - \n  - x\n', { a: null, b: [null, 'x'] }],
  ['d: |\n  foo\n   bar\ne: >-\n  one\n  two\n', { d: 'foo\n bar\n', e: 'one two' }],
  ['become: yes\nstate: on\n', { become: 'yes', state: 'on' }],
  ['1: a\n1.10: b\n0644: c\ntrue: d\n192.168.11.128: e\n', { '1': 'a', '1.10': 'b', '0644': 'c', true: 'd', '192.168.11.128': 'e' }],
  ['a: !!str 12\nb: ! 12\nc: !!float 3\nd: !!map {x: !!seq [1]}\n', { a: '12', b: '12', c: 3, d: { x: [1] } }],
  ['a: &n {x: 1}\nb: *n\nc: [*n, *n]\n', { a: { x: 1 }, b: { x: 1 }, c: [{ x: 1 }, { x: 1 }] }],
  ['a: &n {x: 1, y: 2}\nb:\n  <<: *n\n  y: 3\n', { a: { x: 1, y: 2 }, b: { y: 3, x: 1 } }],
  ['a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  <<: [*a, *b]\n', { a: { x: 1 }, b: { x: 2, y: 2 }, c: { x: 1, y: 2 } }],
  ['"<<": 1\n', { '<<': 1 }],
  ['\uFEFFa: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
  ['---\na: 1\n...\n', { a: 1 }],
  ['constructor: 1\n', { constructor: 1 }],
  ['port: "{{ kafka_port }}"\n', { port: '{{ kafka_port }}' }],
];

const COMPLAINTS: readonly (readonly [text: string, complaint: string])[] = [
  ['a:\n\tb: 1\n', 'f.yml:2:1  a tab is used for indentation, use spaces'],
  ['a: 1\nb: 2\na: 3\n', 'f.yml:3:1  the key "a" is already given on line 1, keep one of the two'],
  ['a: "x\nb: 1\n', 'f.yml:1:4  the quote " opened here is never closed, close it with "'],
  ["a: 'x\n", "f.yml:1:4  the quote ' opened here is never closed, close it with '"],
  ['a: {b: 1\nc: 2\n', 'f.yml:1:4  the { opened here is never closed, close it with }'],
  ['a: [1, 2\n', 'f.yml:1:4  the [ opened here is never closed, close it with ]'],
  [
    'a:\n  b: 1\n c: 2\n',
    'f.yml:3:2  this line does not line up with the ones above, indent the keys of a map alike, and look at f.yml:1:1',
  ],
  [
    '- a: 1\n  b: 2\n -c: 1\n',
    'f.yml:3:2  this list item does not line up with the ones above, indent all items of a list alike, with a space behind each -, and look at f.yml:1:1',
  ],
  [
    '- a\nb: 1\n',
    'f.yml:2:1  this line does not belong to what stands above, indent the keys of a map, or the items of a list, alike, and look at f.yml:1:1',
  ],
  ['key: value\nfoo\n', 'f.yml:3:1  this line is neither "key: value" nor a list item, is a colon missing, with a space behind it?'],
  ['a: b: c\n', 'f.yml:1:4  a bare value cannot hold ": ", put it in quotes'],
  ['a: @foo\n', 'f.yml:1:4  a bare value cannot begin with @, put it in quotes'],
  ['a: "x" y\n', 'f.yml:1:4  something follows a closed quote, put the whole value in quotes'],
  ['a: "\\q"\n', 'f.yml:1:6  a backslash in double quotes begins an unknown escape, write \\\\ for a backslash, or use single quotes'],
  ['a: {{ x }}/b\n', 'f.yml:1:4  a value that begins with {{ must be quoted, write it as "{{ name }}"'],
  ['a: {{ x }}\n', 'f.yml:1:5  a map cannot be a key, a value that begins with {{ must be quoted: "{{ name }}"'],
  ['? [a]\n: 1\n', 'f.yml:1:3  a list cannot be a key, a key that begins with [ must be quoted'],
  [': 3\n', 'f.yml:1:1  a key is missing, write a name before the colon'],
  ['__proto__: 3\n', 'f.yml:1:1  "__proto__" cannot be a key'],
  ['a: *nope\n', 'f.yml:1:4  the alias *nope has no anchor, write &nope before the value it stands for, further up'],
  ['a: &x [*x]\n', 'f.yml:1:8  the alias *x stands inside the value it stands for'],
  ['a:\n  <<: [1]\n', 'f.yml:2:8  "<<" takes a map or a list of maps, write <<: *name, or quote it if it is a key: "<<"'],
  ['a: &a {}\nb:\n  <<: *a\n  <<: *a\n', 'f.yml:4:3  the key "<<" is already given on line 3, write a list: <<: [*a, *b]'],
  ['a: !vault |\n  $ANSIBLE\n', 'f.yml:1:4  !vault values cannot be read yet, give the value with -e or keep it in a file of its own'],
  ['a: !foo {b: 1}\n', 'f.yml:1:4  unknown tag !foo, remove it: values are strings, numbers, true, false, null, lists and maps'],
  ['a: !!int x\n', 'f.yml:1:4  "x" cannot be read as !!int, remove !!int or correct the value'],
  ['a: .inf\n', 'f.yml:1:4  .inf is not a number that can be used, quote it if it is text: ".inf"'],
  [
    'a: 12345678901234567890\n',
    'f.yml:1:4  the number 12345678901234567890 is too large to be kept exactly, write it as a quoted string: "12345678901234567890"',
  ],
  ['---\na: 1\n---\nb: 2\n', 'f.yml:3:1  a second YAML document begins here, keep one document in a file'],
  ['a: \u0001\n', 'f.yml:1:4  the file holds a character that is not text, remove it, or write it as an escape in double quotes'],
];

function complaintOf(text: string): string {
  try {
    return JSON.stringify(parseYaml(text, 'f.yml'));
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

describe('load/yaml/parse-yaml', () => {
  for (const [text, value] of VALUES) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const node = parseYaml(text, 'f.yml');
      assert.ok(node);
      assert.deepEqual(toValue(node), value);
      assert.deepEqual(JSON.parse(JSON.stringify(node)), node);
    });
  }

  for (const [text, complaint] of COMPLAINTS) {
    it(`complains about ${JSON.stringify(text)}`, () => assert.equal(complaintOf(text), complaint));
  }

  for (const text of ['', '\n', '# only a comment\n', '---\n']) {
    it(`finds nothing in ${JSON.stringify(text)}`, () => assert.equal(parseYaml(text, 'f.yml'), undefined));
  }

  it('names everything that is wrong with keys, tags and aliases at once', () => {
    assert.equal(
      complaintOf('a: 1\na: 2\nb: *x\nc: !foo d\n'),
      [
        'f.yml:2:1  the key "a" is already given on line 1, keep one of the two',
        'f.yml:3:4  the alias *x has no anchor, write &x before the value it stands for, further up',
        'f.yml:4:4  unknown tag !foo, remove it: values are strings, numbers, true, false, null, lists and maps',
      ].join('\n'),
    );
  });

  it('keeps the source text beside the value, so that 0644 can be told from 644', () => {
    const mode = get(parseYaml('mode: 0644\n', 'f.yml'), 'mode');
    assert.deepEqual(mode, { kind: 'scalar', value: 644, text: '0644', style: 'plain', at: { file: 'f.yml', line: 1, column: 7 } });
  });

  it('refuses aliases that stand for more values than a file should mean', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let n = 1; n < 9; n++) lines.push(`a${n}: &a${n} [${Array.from({ length: 10 }, () => `*a${n - 1}`).join(', ')}]`);
    assert.match(complaintOf(lines.join('\n')), /^f\.yml:5:\d+ {2}aliases stand for more than 100000 values in this file$/);
  });

  it('does not show the value it complains about', () => assert.ok(!complaintOf('password: @hunter2\n').includes('hunter2')));

  it('gives frozen trees', () => {
    const node = parseYaml('a: [1]\n', 'f.yml');
    assert.ok(Object.isFrozen(node) && Object.isFrozen(get(node, 'a')) && node?.kind === 'map' && Object.isFrozen(node.entries));
  });
});
