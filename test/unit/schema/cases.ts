// Every message about a value that does not fit its schema, with its exact text and place.
import type { Schema } from '../../../src/schema/schema.ts';

/** Title, schema of one parameter, its YAML, what is expected. The parameter is called `p`, the module `test.thing`. */
export type SchemaCase = readonly [title: string, schema: Schema, yaml: string, expected: readonly string[]];

const LIST: Schema = {
  type: 'array',
  items: {
    type: 'object',
    properties: { name: { type: 'string' }, port: { type: 'integer' } },
    required: ['name'],
    additionalProperties: false,
  },
};

export const SCHEMA_CASES: readonly SchemaCase[] = [
  [
    'a number where text is wanted',
    { type: 'string' },
    'p: 3.10',
    ['f.yml:1:4  "p" of test.thing must be a string, got the number 3.1, write p: "3.10"'],
  ],
  [
    'true where text is wanted',
    { type: 'string' },
    'p: true',
    ['f.yml:1:4  "p" of test.thing must be a string, got true, write p: "true"'],
  ],
  ['a list where text is wanted', { type: 'string' }, 'p: [a]', ['f.yml:1:4  "p" of test.thing must be a string, got a list']],
  ['an empty list where text is wanted', { type: 'string' }, 'p: []', ['f.yml:1:4  "p" of test.thing must be a string, got an empty list']],
  ['a map where text is wanted', { type: 'string' }, 'p: {a: 1}', ['f.yml:1:4  "p" of test.thing must be a string, got a map']],
  ['nothing where text is wanted', { type: 'string' }, 'p:', ['f.yml:1:1  "p" of test.thing must be a string, got nothing']],
  [
    'text where a whole number is wanted',
    { type: 'integer' },
    'p: "8080"',
    ['f.yml:1:5  "p" of test.thing must be a whole number, got the string "8080", write p: 8080'],
  ],
  [
    'a fraction where a whole number is wanted',
    { type: 'integer' },
    'p: 1.5',
    ['f.yml:1:4  "p" of test.thing must be a whole number, got the number 1.5'],
  ],
  [
    'a word where a number is wanted',
    { type: 'number' },
    'p: many',
    ['f.yml:1:4  "p" of test.thing must be a number, got the string "many"'],
  ],
  [
    'text where a number is wanted',
    { type: 'number' },
    'p: "1.5"',
    ['f.yml:1:5  "p" of test.thing must be a number, got the string "1.5", write p: 1.5'],
  ],
  [
    'yes where true is wanted',
    { type: 'boolean' },
    'p: yes',
    ['f.yml:1:4  "p" of test.thing must be true or false, got the string "yes", write p: true'],
  ],
  ['a number where true is wanted', { type: 'boolean' }, 'p: 1', ['f.yml:1:4  "p" of test.thing must be true or false, got the number 1']],
  [
    'one text where a list is wanted',
    { type: 'array', items: { type: 'string' } },
    'p: nginx',
    ['f.yml:1:4  "p" of test.thing must be a list, got the string "nginx", write p: [nginx]'],
  ],
  [
    'a long text',
    { type: 'boolean' },
    `p: ${'x'.repeat(70)}`,
    [`f.yml:1:4  "p" of test.thing must be true or false, got the string "${'x'.repeat(60)}…"`],
  ],
  [
    'a wrong item of a list',
    { type: 'array', items: { type: 'string' } },
    'p: [a, 5]',
    ['f.yml:1:8  "p[1]" of test.thing must be a string, got the number 5, write "5"'],
  ],
  [
    'a value of several types',
    { type: ['string', 'array'] },
    'p: 5',
    ['f.yml:1:4  "p" of test.thing must be a string or a list, got the number 5'],
  ],
  [
    'a bare mode',
    { type: 'string', kind: 'mode' },
    'p: 0644',
    ['f.yml:1:4  "p" of test.thing must be four octal digits in quotes, got the number 644, write p: "0644"'],
  ],
  [
    'a mode as 0o755',
    { type: 'string', kind: 'mode' },
    'p: 0o755',
    ['f.yml:1:4  "p" of test.thing must be four octal digits in quotes, got the number 493, write p: "0755"'],
  ],
  [
    'a bare mode that is none',
    { type: 'string', kind: 'mode' },
    'p: 98',
    ['f.yml:1:4  "p" of test.thing must be four octal digits in quotes, got the number 98, write it like "0644"'],
  ],
  [
    'a mode of three digits',
    { type: 'string', kind: 'mode' },
    'p: "755"',
    ['f.yml:1:5  "p" of test.thing must be four octal digits in quotes, got the string "755", write p: "0755"'],
  ],
  [
    'a symbolic mode',
    { type: 'string', kind: 'mode' },
    'p: u+x',
    ['f.yml:1:4  "p" of test.thing must be four octal digits in quotes, got the string "u+x"'],
  ],
  [
    'a relative path',
    { type: 'string', kind: 'path' },
    'p: etc/x',
    ['f.yml:1:4  "p" of test.thing must be an absolute path, got the string "etc/x"'],
  ],
  [
    'a word that is not listed',
    { type: 'string', enum: ['started', 'stopped'] },
    'p: startd',
    ['f.yml:1:4  "p" of test.thing must be one of started, stopped, got the string "startd", did you mean "started"?'],
  ],
  ['a list of one word', { type: 'string', enum: ['file'] }, 'p: x', ['f.yml:1:4  "p" of test.thing must be file, got the string "x"']],
  [
    'a number out of two bounds',
    { type: 'integer', minimum: 1, maximum: 65535 },
    'p: 70000',
    ['f.yml:1:4  "p" of test.thing must be between 1 and 65535, got the number 70000'],
  ],
  [
    'a number below one bound',
    { type: 'integer', minimum: 1 },
    'p: 0',
    ['f.yml:1:4  "p" of test.thing must be at least 1, got the number 0'],
  ],
  [
    'a number above one bound',
    { type: 'number', maximum: 1 },
    'p: 2',
    ['f.yml:1:4  "p" of test.thing must be at most 1, got the number 2'],
  ],
  [
    'text that does not match',
    { type: 'string', pattern: '^[a-z]+$' },
    'p: A1',
    ['f.yml:1:4  "p" of test.thing must match ^[a-z]+$, got the string "A1"'],
  ],
  ['empty text', { type: 'string', minLength: 1, pattern: 'x' }, 'p: ""', ['f.yml:1:5  "p" of test.thing must not be empty']],
  [
    'text that is too short',
    { type: 'string', minLength: 3 },
    'p: ab',
    ['f.yml:1:4  "p" of test.thing must have at least 3 characters, got the string "ab"'],
  ],
  [
    'an empty list',
    { type: 'array', items: { type: 'string' }, minItems: 1 },
    'p: []',
    ['f.yml:1:4  "p" of test.thing must have at least 1 item'],
  ],
  [
    'a short list',
    { type: 'array', items: { type: 'string' }, minItems: 2 },
    'p: [a]',
    ['f.yml:1:4  "p" of test.thing must have at least 2 items'],
  ],
  ['a parameter that is not given', { type: 'string' }, '{}', ['f.yml:1:1  test.thing needs "p"']],
  [
    'a misspelt parameter stands for the missing one',
    { type: 'string' },
    'pp: x',
    ['f.yml:1:1  unknown parameter "pp" of test.thing, did you mean "p"?'],
  ],
  [
    'an unknown parameter',
    { type: 'string' },
    'p: a\nsomething: 1',
    ['f.yml:2:1  unknown parameter "something" of test.thing, it takes p, other'],
  ],
  [
    'a key inside a list',
    LIST,
    'p:\n  - {nme: a}\n  - {port: 1}',
    ['f.yml:2:6  unknown key "nme" of "p[0]" of test.thing, did you mean "name"?', 'f.yml:3:5  "p[1]" of test.thing needs "name"'],
  ],
  [
    'a secret of the wrong type is not shown',
    { type: 'string', secret: true },
    'p: 1234',
    ['f.yml:1:4  "p" of test.thing must be a string'],
  ],
  [
    'several at once, one for each spot',
    LIST,
    'p: [{name: 1, port: x}]\nother: 5',
    [
      'f.yml:1:12  "p[0].name" of test.thing must be a string, got the number 1, write name: "1"',
      'f.yml:1:21  "p[0].port" of test.thing must be a whole number, got the string "x"',
      'f.yml:2:8  "other" of test.thing must be a string, got the number 5, write other: "5"',
    ],
  ],
  ['an expression fits everything', { type: 'integer', minimum: 1 }, 'p: "{{ port }}"', []],
  ['true as a condition', { type: 'string', kind: 'condition' }, 'p: true', []],
  [
    'a dictionary',
    { type: 'object', additionalProperties: { type: 'integer' } },
    'p: {a: 1, b: x}',
    ['f.yml:1:14  "p.b" of test.thing must be a whole number, got the string "x"'],
  ],
];
