// Differences that the eye does not see, in words: line endings, trailing spaces, blank lines, indentation.
import { plural } from './plural.ts';

/** Whether two different texts are the same once all whitespace is gone. */
export function isWhitespaceOnly(before: string, after: string): boolean {
  return before !== after && before !== '' && after !== '' && bare(before) === bare(after);
}

/** What differs, in words: `trailing whitespace on line 3, a newline at the end is added`. Lines are counted in the text after. */
export function describeWhitespace(before: string, after: string): string {
  const [old, young] = [linesOf(before), linesOf(after)];
  const words: string[] = [];
  const endings = (text: string): string => (text.includes('\r\n') ? 'CRLF' : 'LF');
  if (endings(before) !== endings(after)) words.push(`line endings ${endings(before)} → ${endings(after)}`);
  if (before.endsWith('\n') !== after.endsWith('\n')) words.push(`the newline at the end is ${after.endsWith('\n') ? 'added' : 'removed'}`);
  const blank = count(young) - count(old);
  if (blank !== 0) words.push(`${plural(Math.abs(blank), 'blank line')} ${blank > 0 ? 'added' : 'removed'}`);
  const full = old.filter(line => bare(line) !== '');
  const filled = young.flatMap((text, index) => (bare(text) === '' ? [] : [{ text, number: index + 1 }]));
  if (full.length !== filled.length) words.push('lines are broken elsewhere');
  else {
    const where = (part: (text: string) => string): readonly number[] =>
      filled.filter(({ text }, index) => part(text) !== part(full[index] ?? '')).map(({ number }) => number);
    const named: readonly (readonly [string, readonly number[]])[] = [
      ['indentation', where(text => /^\s*/.exec(text)?.[0] ?? '')],
      ['trailing whitespace', where(text => text.slice(text.trimEnd().length))],
      ['spacing', where(text => text.trim())],
    ];
    for (const [name, lines] of named)
      if (lines.length > 0) words.push(`${name} ${name === 'indentation' ? 'of' : 'on'} ${listLines(lines)}`);
  }
  return words.length > 0 ? words.join(', ') : 'whitespace on blank lines';
}

/** Makes the whitespace of a diff line visible: spaces at its ends `·`, tabs `⇥`, carriage returns `␍`. */
export function markWhitespace(line: string): string {
  const [mark, text] = [line.slice(0, 1), line.slice(1)];
  const seen = text.replaceAll('\r', '␍').replaceAll('\t', '⇥');
  return mark + seen.replace(/^ +| +(?=\u240d?$)/g, spaces => '·'.repeat(spaces.length));
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function count(lines: readonly string[]): number {
  return lines.filter(line => bare(line) === '').length;
}

function bare(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

function listLines(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 5).join(', ');
  const rest = numbers.length - 5;
  return `line${numbers.length === 1 ? '' : 's'} ${shown}${rest > 0 ? ` and ${rest} more` : ''}`;
}
