// What a person did when js-yaml says "bad indentation": its reasons and the line in question, in words that help.
import { formatPosition, type Problem } from '../../errors/problem.ts';
import type { Locate } from './lines.ts';

const QUOTED_TEMPLATE = 'a value that begins with {{ must be quoted';

/** Plain words for js-yaml's reasons; the first whose text is contained in the reason is taken. */
const WORDS: readonly (readonly [reason: string, what: string, advice: string])[] = [
  ['tab characters', 'a tab is used for indentation', 'use spaces'],
  ['non-printable', 'the file holds a character that is not text', 'remove it, or write it as an escape in double quotes'],
  ['null byte', 'the file holds a NUL byte', 'remove it'],
  ['single quoted scalar', 'a single quote is never closed', "close it with ', and write '' for a quote inside"],
  ['double quoted scalar', 'a double quote is never closed', 'close it with "'],
  ['unknown escape sequence', 'a backslash in double quotes begins an unknown escape', 'write \\\\ for a backslash, or use single quotes'],
  ['expected hexadecimal', 'a backslash in double quotes begins a broken escape', 'write \\\\ for a backslash, or use single quotes'],
  ['missed comma', 'a comma is missing between two entries', 'write [a, b] or {a: 1, b: 2}'],
  ['within a flow collection', 'a bracket is never closed', 'close it with ] or }'],
  ['multiline key', 'this line is neither "key: value" nor a list item', 'is a colon missing, with a space behind it?'],
  ["expected ':'", 'this line is neither "key: value" nor a list item', 'is a colon missing, with a space behind it?'],
  [
    'bad indentation of a sequence entry',
    'this list item does not line up with the ones above',
    'indent all items of a list alike, with a space behind each -',
  ],
  [
    'end of the stream or a document separator',
    'this line does not belong to what stands above',
    'indent the keys of a map, or the items of a list, alike',
  ],
  ['bad indentation', 'this line does not line up with the ones above', 'indent the keys of a map alike'],
  ['deficient indentation', 'this line is not indented enough', 'indent it further than the line it belongs to'],
  ['line break is expected', 'nothing may follow a | or > on its line', 'begin the text on the next line'],
];

/** The problem behind a syntax error at an offset. */
export function syntaxProblem(text: string, offset: number, reason: string, locate: Locate): Problem {
  const habit = habitOf(text, offset, reason);
  if (habit) return { at: locate(habit.offset), what: habit.what, advice: habit.advice };
  const words = WORDS.find(([part]) => reason.includes(part));
  if (words) return { at: locate(offset), what: words[1], advice: words[2] + alignment(text, offset, words[2], locate) };
  return { at: locate(offset), what: `this is not YAML: ${reason}` };
}

/** The line that the lines between it and an offset are indented by, where indentation is what is wrong: the fault may be there. */
function alignment(text: string, offset: number, advice: string, locate: Locate): string {
  if (!advice.startsWith('indent ')) return '';
  const lines = text.slice(0, offset).split('\n');
  const depth = (text.split('\n')[lines.length - 1] ?? '').search(/[^ ]/);
  const written = [...lines.slice(0, -1).entries()].filter(([, line]) => /^ *[^ #\r]/.test(line));
  const [index, line] = written.findLast(([, above]) => above.search(/[^ ]/) < depth) ?? written[0] ?? [];
  if (index === undefined || line === undefined) return '';
  const at = lines.slice(0, index).reduce((length, each) => length + each.length + 1, 0) + line.search(/[^ ]/);
  return `, and look at ${formatPosition(locate(at))}`;
}

interface Habit {
  readonly offset: number;
  readonly what: string;
  readonly advice: string;
}

/** A mistake that can be seen in the text: js-yaml notices most of them one token or one line too late. */
function habitOf(text: string, offset: number, reason: string): Habit | undefined {
  const open = /deficient indentation|multiline key|end of the (stream|document) within/.test(reason)
    ? lastOpened(text, offset)
    : undefined;
  if (open) return open;
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const line = text.slice(start).split(/\r?\n/, 1)[0] ?? '';
  const value = /^(\s*(?:- +)*(?:[^\s:#'"][^:#]*: +)?)(\S.*)$/.exec(line);
  if (!value) return undefined;
  const [, before = '', rest = ''] = value;
  const at = start + before.length;
  if (rest.startsWith('{{')) return { offset: at, what: QUOTED_TEMPLATE, advice: 'write it as "{{ name }}"' };
  if (/^[@`%]/.test(rest)) return { offset: at, what: `a bare value cannot begin with ${rest.charAt(0)}`, advice: 'put it in quotes' };
  if (/^(["'])(?:(?!\1).)*\1\s*\S/.test(rest))
    return { offset: at, what: 'something follows a closed quote', advice: 'put the whole value in quotes' };
  if (/^[^"'[{|>&*!#].*: /.test(rest) && offset >= at)
    return { offset: at, what: 'a bare value cannot hold ": "', advice: 'put it in quotes' };
  return undefined;
}

/** The quote or bracket that was opened last before an offset and not closed on its line. */
function lastOpened(text: string, offset: number): Habit | undefined {
  const opener = /(?:^|[\n\r]) *(?:- +)*(?:[^\s:#"'[{][^:#\n\r]*: +)?(["'[{])([^\n\r]*)/g;
  let found: Habit | undefined;
  for (const match of text.slice(0, offset).matchAll(opener)) {
    const [whole, mark = '', rest = ''] = match;
    const closed = { '"': '"', "'": "'", '[': ']', '{': '}' }[mark] ?? mark;
    if (rest.includes(closed)) continue;
    const what = mark === '"' || mark === "'" ? `the quote ${mark} opened here is never closed` : `the ${mark} opened here is never closed`;
    found = { offset: match.index + whole.length - rest.length - 1, what, advice: `close it with ${closed}` };
  }
  return found;
}
