// Helpers over text.
import { posix } from 'node:path';
import { quote } from '../../util/shell.ts';
import { isList } from '../../util/value.ts';
import { asText } from './as-text.ts';
import { defineHelper, type Helper, HelperRefusal } from './helper.ts';

const TEXT = { name: 'text', type: 'string' } as const;

function textHelper(
  name: string,
  summary: string,
  example: readonly [given: string, gives: string],
  apply: (text: string) => string,
): Helper {
  return defineHelper({
    name,
    topic: 'text',
    summary,
    gives: 'string',
    params: [TEXT],
    examples: [{ template: `{{${name} text}}`, with: { text: example[0] }, gives: example[1] }],
    apply,
  });
}

function comparison(name: string, summary: string, part: string, apply: (text: string, part: string) => boolean): Helper {
  return defineHelper({
    name,
    topic: 'text',
    summary,
    gives: 'boolean',
    params: [TEXT, { name: 'part', type: 'string' }],
    examples: [{ template: `{{${name} "kafka" "${part}"}}`, gives: true }],
    apply,
  });
}

export const TEXT_HELPERS: readonly Helper[] = [
  textHelper('upper', 'Text in capitals.', ['rack1', 'RACK1'], text => text.toUpperCase()),
  textHelper('lower', 'Text in small letters.', ['RACK1', 'rack1'], text => text.toLowerCase()),
  textHelper(
    'capitalize',
    'Text with its first letter in capitals.',
    ['rack', 'Rack'],
    text => text.charAt(0).toUpperCase() + text.slice(1),
  ),
  textHelper('trim', 'Text without space around it.', [' a b\n', 'a b'], text => text.trim()),
  textHelper('basename', 'The last part of a path.', ['/opt/kafka/bin', 'bin'], text => posix.basename(text)),
  textHelper('dirname', 'A path without its last part.', ['/opt/kafka/bin', '/opt/kafka'], text => posix.dirname(text)),
  defineHelper({
    name: 'quote',
    topic: 'text',
    gives: 'string',
    summary: 'One word for a shell.',
    params: [{ name: 'value', type: 'scalar' }],
    examples: [{ template: '{{quote text}}', with: { text: "it's" }, gives: "'it'\\''s'" }],
    apply: value => shellWord(asText(value)),
  }),
  defineHelper({
    name: 'replace',
    topic: 'text',
    gives: 'string',
    summary: 'Text with every occurrence of a part replaced.',
    params: [TEXT, { name: 'part', type: 'string' }, { name: 'by', type: 'string' }],
    examples: [{ template: '{{replace "a.b.c" "." "-"}}', gives: 'a-b-c' }],
    apply: (text, part, by) => text.replaceAll(part, () => by),
  }),
  defineHelper({
    name: 'split',
    topic: 'text',
    gives: 'list',
    summary: 'The pieces of a text between separators.',
    params: [TEXT, { name: 'separator', type: 'string', optional: true }],
    examples: [{ template: '{{split "a,b" ","}}', gives: ['a', 'b'] }],
    apply: (text, separator = ',') => text.split(separator),
  }),
  defineHelper({
    name: 'lines',
    topic: 'text',
    gives: 'list',
    summary: 'The lines of a text, without the empty one after a last line break.',
    params: [TEXT],
    examples: [{ template: '{{lines text}}', with: { text: 'a\nb\n' }, gives: ['a', 'b'] }],
    apply: text => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/)),
  }),
  defineHelper({
    name: 'indent',
    topic: 'text',
    gives: 'string',
    summary: 'Text with every line but the first moved to the right by some spaces.',
    params: [TEXT, { name: 'width', type: 'integer' }],
    examples: [{ template: '{{indent text 2}}', with: { text: 'a:\nb\n\nc' }, gives: 'a:\n  b\n\n  c' }],
    apply: (text, width) => text.replaceAll(/\n(?=[^\r\n])/g, `\n${' '.repeat(checkedWidth(width))}`),
  }),
  comparison('startsWith', 'Whether a text begins with another.', 'ka', (text, part) => text.startsWith(part)),
  comparison('endsWith', 'Whether a text ends with another.', 'ka', (text, part) => text.endsWith(part)),
  defineHelper({
    name: 'concat',
    topic: 'text',
    summary: 'Texts, numbers and booleans joined to one text, or lists joined to one list.',
    params: [{ name: 'values', type: 'any', rest: true }],
    examples: [
      { template: '{{concat name "-" 1}}', with: { name: 'n' }, gives: 'n-1' },
      { template: '{{concat a b}}', with: { a: [1], b: [2] }, gives: [1, 2] },
    ],
    apply: (...values) => {
      if (values.every(isList)) return values.flat();
      if (values.some(isList)) throw new HelperRefusal('concat joins texts, or lists, not both');
      return values.map(asText).join('');
    },
  }),
  defineHelper({
    name: 'string',
    topic: 'text',
    gives: 'string',
    summary: 'A number or a boolean as text.',
    params: [{ name: 'value', type: 'scalar' }],
    examples: [{ template: '{{string 5}}', gives: '5' }],
    apply: asText,
  }),
];

function checkedWidth(width: number): number {
  if (width < 0 || width > 200) throw new HelperRefusal(`indent: width must be from 0 to 200, got the number ${width}`);
  return width;
}

function shellWord(word: string): string {
  if (word.includes('\0')) throw new HelperRefusal('quote: a shell word cannot hold a NUL byte');
  return quote(word);
}
