// Helpers over regular expressions, JavaScript's with the flag u.
import type { Value } from '../../util/value.ts';
import { defineHelper, type Helper, HelperRefusal } from './helper.ts';

const TEXT = { name: 'text', type: 'string' } as const;
const PATTERN = { name: 'pattern', type: 'string' } as const;

function compiled(helper: string, pattern: string, flags = ''): RegExp {
  // Ansible's inline flag, which JavaScript has no word for.
  const [, inline = '', rest = pattern] = /^\(\?([ims]+)\)([\s\S]*)$/.exec(pattern) ?? [];
  try {
    return new RegExp(rest, `u${flags}${inline}`);
  } catch {
    throw new HelperRefusal(`${helper}: the pattern is not a regular expression`);
  }
}

/** `\1` and `\g<name>`, as people write them, to what JavaScript replaces with. */
function replacement(by: string): string {
  return by.replaceAll('$', '$$$$').replaceAll(/\\(?:g<(\w+)>|(\d))/g, (_, name?: string, digit?: string) => {
    const key = name ?? digit ?? '';
    return /^\d+$/.test(key) ? (key === '0' ? '$&' : `$${key}`) : `$<${key}>`;
  });
}

/** What a match gives: the only group, all groups when there are several, else the whole. */
function found([whole, ...groups]: RegExpMatchArray): Value {
  if (groups.length === 0) return whole;
  return groups.length === 1 ? (groups[0] ?? '') : groups.map(group => (group as string | undefined) ?? '');
}

export const REGEX_HELPERS: readonly Helper[] = [
  defineHelper({
    name: 'matches',
    topic: 'patterns',
    gives: 'boolean',
    summary: 'Whether a regular expression fits somewhere in a text; ^ and $ tie it to the ends.',
    params: [TEXT, PATTERN],
    examples: [
      { template: '{{matches "kafka-3.7" "^kafka-[0-9]+"}}', gives: true },
      { template: '{{matches "kafka" "^z"}}', gives: false },
    ],
    apply: (text, pattern) => compiled('matches', pattern).test(text),
  }),
  defineHelper({
    name: 'regex_search',
    topic: 'patterns',
    summary: 'The first place a regular expression fits: its group, a list of its groups, or the whole; missing when there is none.',
    params: [TEXT, PATTERN],
    examples: [
      { template: '{{regex_search line "version ([0-9.]+)"}}', with: { line: 'version 3.7' }, gives: '3.7' },
      { template: '{{default (regex_search "abc" "[0-9]+") ""}}', gives: '' },
    ],
    apply: (text, pattern) => {
      const match = compiled('regex_search', pattern).exec(text);
      if (match === null)
        throw new HelperRefusal('regex_search: the pattern fits nowhere', {
          missing: true,
          advice: 'write {{default (regex_search …) ""}}',
        });
      return found(match);
    },
  }),
  defineHelper({
    name: 'regex_findall',
    topic: 'patterns',
    gives: 'list',
    summary: 'All places a regular expression fits, each as `regex_search` gives it.',
    params: [TEXT, PATTERN],
    examples: [{ template: '{{regex_findall "a1b22" "[0-9]+"}}', gives: ['1', '22'] }],
    apply: (text, pattern) => Array.from(text.matchAll(compiled('regex_findall', pattern, 'g')), found),
  }),
  defineHelper({
    name: 'regex_replace',
    topic: 'patterns',
    gives: 'string',
    summary: String.raw`Text with every place a regular expression fits replaced; \1 is its first group.`,
    params: [TEXT, PATTERN, { name: 'by', type: 'string' }],
    examples: [
      { template: String.raw`{{regex_replace "n1.example" "([a-z]+)([0-9]+).*" "\1-\2"}}`, gives: 'n-1' },
      { template: '{{regex_replace "a b" " +" ""}}', gives: 'ab' },
    ],
    apply: (text, pattern, by) => text.replaceAll(compiled('regex_replace', pattern, 'g'), replacement(by)),
  }),
  defineHelper({
    name: 'regex_escape',
    topic: 'patterns',
    gives: 'string',
    summary: 'Text as a regular expression that fits exactly it.',
    params: [TEXT],
    examples: [{ template: '{{regex_escape "a.b"}}', gives: String.raw`a\.b` }],
    apply: text => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`),
  }),
];
