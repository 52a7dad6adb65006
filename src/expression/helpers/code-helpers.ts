// Helpers that write values down and read them back: JSON, YAML, base64, digests.
import { createHash } from 'node:crypto';
import { dump, load } from 'js-yaml';
import { isList, isMap, type Value } from '../../util/value.ts';
import { defineHelper, type Helper, HelperRefusal } from './helper.ts';

const TEXT = { name: 'text', type: 'string' } as const;
const VALUE = { name: 'value', type: 'any' } as const;
const ALGORITHMS: readonly string[] = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

function digest(algorithm: string, text: string): string {
  if (!ALGORITHMS.includes(algorithm))
    throw new HelperRefusal(`hash: there is no algorithm ${JSON.stringify(algorithm)}`, {
      advice: `write one of ${ALGORITHMS.join(', ')}`,
    });
  return createHash(algorithm).update(text, 'utf8').digest('hex');
}

/** What a parser gave, if it is made of what values are made of. */
function asValue(helper: string, parsed: unknown): Value {
  if (parsed === null || ['string', 'boolean'].includes(typeof parsed) || Number.isFinite(parsed)) return parsed as Value;
  if (isList(parsed)) return parsed.map(item => asValue(helper, item));
  if (isMap(parsed) && Object.getPrototypeOf(parsed) === Object.prototype)
    return Object.fromEntries(Object.entries(parsed).map(([key, item]) => [key, asValue(helper, item)]));
  throw new HelperRefusal(`${helper}: the text holds a value that is none of text, number, boolean, list and map`);
}

function parsed(helper: string, what: string, parse: () => unknown): Value {
  try {
    return asValue(helper, parse());
  } catch (error) {
    if (error instanceof HelperRefusal) throw error;
    throw new HelperRefusal(`${helper}: the text is not ${what}`);
  }
}

export const CODE_HELPERS: readonly Helper[] = [
  defineHelper({
    name: 'json',
    topic: 'encodings',
    gives: 'string',
    summary: 'Any value as JSON, on one line or indented.',
    params: [VALUE, { name: 'indent', type: 'integer', optional: true }],
    examples: [
      { template: '{{json value}}', with: { value: { a: [1, null] } }, gives: '{"a":[1,null]}' },
      { template: '{{json value indent=2}}', with: { value: { a: 1 } }, gives: '{\n  "a": 1\n}' },
    ],
    apply: (value, indent) => JSON.stringify(value, null, indent),
  }),
  defineHelper({
    name: 'from_json',
    topic: 'encodings',
    summary: 'The value that a JSON text stands for.',
    params: [TEXT],
    examples: [{ template: '{{from_json text}}', with: { text: '{"a": [1]}' }, gives: { a: [1] } }],
    apply: text => parsed('from_json', 'JSON', () => JSON.parse(text) as unknown),
  }),
  defineHelper({
    name: 'yaml',
    topic: 'encodings',
    gives: 'string',
    summary: 'Any value as YAML, indented by two spaces or as many as are asked for, without a line break at the end.',
    params: [VALUE, { name: 'indent', type: 'integer', optional: true }],
    examples: [{ template: '{{yaml value}}', with: { value: { a: [1], b: 'x' } }, gives: 'a:\n  - 1\nb: x' }],
    apply: (value, indent = 2) => {
      if (indent < 1 || indent > 10) throw new HelperRefusal(`yaml: indent must be from 1 to 10, got the number ${indent}`);
      return dump(value, { indent, lineWidth: -1, noRefs: true }).trimEnd();
    },
  }),
  defineHelper({
    name: 'from_yaml',
    topic: 'encodings',
    summary: 'The value that a YAML text stands for.',
    params: [TEXT],
    examples: [{ template: '{{from_yaml text}}', with: { text: 'a:\n  - 1\n' }, gives: { a: [1] } }],
    apply: text => parsed('from_yaml', 'YAML', () => load(text)),
  }),
  defineHelper({
    name: 'b64encode',
    topic: 'encodings',
    gives: 'string',
    summary: 'Text as base64 of its UTF-8 bytes.',
    params: [TEXT],
    examples: [{ template: '{{b64encode "user:pass"}}', gives: 'dXNlcjpwYXNz' }],
    apply: text => Buffer.from(text, 'utf8').toString('base64'),
  }),
  defineHelper({
    name: 'b64decode',
    topic: 'encodings',
    gives: 'string',
    summary: 'The text whose UTF-8 bytes a base64 text stands for.',
    params: [TEXT],
    examples: [{ template: '{{b64decode "dXNlcjpwYXNz"}}', gives: 'user:pass' }],
    apply: text => {
      const bytes = Buffer.from(text, 'base64');
      const bare = text.replaceAll(/\s|=+$/g, '');
      if (bytes.toString('base64').replace(/=+$/, '') !== bare) throw new HelperRefusal('b64decode: the text is not base64');
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        throw new HelperRefusal('b64decode: what the text stands for is not UTF-8 text');
      }
    },
  }),
  defineHelper({
    name: 'hash',
    topic: 'encodings',
    gives: 'string',
    summary: `The digest of a text in hexadecimal, by ${ALGORITHMS.join(', ')}.`,
    params: [TEXT, { name: 'algorithm', type: 'string' }],
    examples: [{ template: '{{hash "a" "md5"}}', gives: '0cc175b9c0f1b6a831c399e269772661' }],
    apply: (text, algorithm) => digest(algorithm, text),
  }),
  defineHelper({
    name: 'sha256',
    topic: 'encodings',
    gives: 'string',
    summary: 'The SHA-256 of a text, in hexadecimal.',
    params: [TEXT],
    examples: [{ template: '{{sha256 ""}}', gives: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }],
    apply: text => digest('sha256', text),
  }),
  defineHelper({
    name: 'urlencode',
    topic: 'encodings',
    gives: 'string',
    summary: 'Text as it may stand in one part of an address.',
    params: [TEXT],
    examples: [{ template: '{{urlencode "a b/c"}}', gives: 'a%20b%2Fc' }],
    apply: text => encodeURIComponent(text),
  }),
];
