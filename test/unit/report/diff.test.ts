import assert from 'node:assert/strict';
import { createPaint } from '../../../src/report/colour.ts';
import { unifiedDiff, type DiffSide } from '../../../src/report/diff.ts';
import { paintDiff } from '../../../src/report/paint-diff.ts';
import { secret } from '../../../src/util/secret.ts';

const diff = (before: DiffSide, after: DiffSide, limit?: number): string =>
  unifiedDiff({ path: '/etc/x', before, after, ...(limit !== undefined && { limit }) });
const lines = (count: number, word = 'line'): string => Array.from({ length: count }, (_, index) => `${word} ${index + 1}\n`).join('');

describe('report/diff', () => {
  it('shows three lines around a change', () => {
    const text = diff(lines(9), lines(9).replace('line 5', 'line five'));
    assert.equal(
      text,
      '--- /etc/x\n+++ /etc/x\n@@ -2,7 +2,7 @@\n line 2\n line 3\n line 4\n-line 5\n+line five\n line 6\n line 7\n line 8',
    );
  });

  it('says nothing when nothing differs', () => {
    assert.equal(diff('a\n', 'a\n'), '');
    assert.equal(diff(new Uint8Array([0, 1]), new Uint8Array([0, 1])), '');
  });

  it('shows what is new and what goes away', () => {
    assert.equal(diff(null, 'a\n'), '--- (none)\n+++ /etc/x\n@@ -0,0 +1,1 @@\n+a');
    assert.equal(diff('a\n', null), '--- /etc/x\n+++ (none)\n@@ -1,1 +0,0 @@\n-a');
    assert.equal(diff(null, ''), '--- (none)\n+++ /etc/x');
  });

  const whitespace: readonly (readonly [before: string, after: string, words: string])[] = [
    ['a\n  b\n', 'a\n\tb\n', 'indentation of line 2'],
    ['a  \nb\n', 'a\nb\n', 'trailing whitespace on line 1'],
    ['a b\n', 'a  b\n', 'spacing on line 1'],
    ['a\nb\n', 'a\n\nb\n', '1 blank line added'],
    ['a\n\n\nb\n', 'a\nb\n', '2 blank lines removed'],
    ['a\nb', 'a\nb\n', 'the newline at the end is added'],
    ['a\r\nb\r\n', 'a\nb\n', 'line endings CRLF → LF'],
    ['a b\n', 'a\nb\n', 'lines are broken elsewhere'],
    ['a\n \nb\n', 'a\n\nb\n', 'whitespace on blank lines'],
  ];
  for (const [before, after, words] of whitespace) {
    it(`says in words: ${words}`, () => assert.equal(diff(before, after).split('\n')[2], `only whitespace differs: ${words}`));
  }

  it('marks whitespace where nothing else differs', () => {
    assert.match(diff('a  \n\tb\n', 'a\n  b\n'), /-a··\n-⇥b\n\+a\n\+··b$/);
  });

  it('does not call a new file whitespace', () => {
    assert.doesNotMatch(diff('', 'a\n'), /whitespace/);
  });

  it('tells binary contents by size and hash', () => {
    assert.match(diff(new Uint8Array([0, 159]), 'text\n'), /^\/etc\/x: 2 bytes \(sha256 [0-9a-f]{12}\) → 5 bytes \(sha256 [0-9a-f]{12}\)$/);
    assert.equal(diff(null, { size: 1, sha256: 'abcdefabcdefabcdef' }), '/etc/x: (none) → 1 byte (sha256 abcdefabcdef)');
  });

  it('reads bytes that are text as text', () => {
    assert.match(diff(new TextEncoder().encode('é\n'), 'e\n'), /^-é$/m);
  });

  it('never shows a secret', () => {
    assert.equal(diff('old', secret('hunter22')), '/etc/x: ***');
  });

  it('folds what is long', () => {
    const text = diff('', lines(200), 10).split('\n');
    assert.equal(text.length, 13);
    assert.equal(text.at(-1), '… 191 more lines: 191 added, 0 removed');
    assert.match(diff('', 'x'.repeat(1000)), /x… \(1001 characters\)$/m);
  });

  it('gives up on what has nothing in common', () => {
    assert.match(diff(lines(9000, 'old'), lines(9000, 'new')), /too much differs to be shown: 9000 lines before, 9000 lines after$/);
  });

  it('is coloured by those who show it', () => {
    const text = '--- /x\n+++ /x\n@@ -1,1 +1,1 @@\n--- a\n+b';
    assert.deepEqual(paintDiff(text, createPaint(false)).join('\n'), text);
    assert.deepEqual(
      paintDiff(text, (colour, line) => `${colour}:${line}`),
      ['bold:--- /x', 'bold:+++ /x', 'cyan:@@ -1,1 +1,1 @@', 'red:--- a', 'green:+b'],
    );
  });
});
