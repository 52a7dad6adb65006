// Command lines as words.
import assert from 'node:assert/strict';
import { splitCommand } from '../../../src/load/playbook/split-command.ts';

function split(text: string): readonly string[] {
  const lines: string[] = [];
  const words = splitCommand(text, { file: 'f', line: 1, column: 1 }, problem => lines.push(problem.what));
  return lines.length > 0 ? lines : words.map(word => word.text);
}

const CASES: readonly (readonly [text: string, expected: readonly string[]])[] = [
  ['echo hi', ['echo', 'hi']],
  ['  echo \t hi\n', ['echo', 'hi']],
  ['echo "a b" \'c d\'', ['echo', 'a b', 'c d']],
  ['echo a"b c"d', ['echo', 'ab cd']],
  ['echo "a \\"b\\" \\n"', ['echo', 'a "b" \\n']],
  ['echo a\\ b', ['echo', 'a b']],
  ['echo ""', ['echo', '']],
  ['echo {{ a }} {{ b }}c', ['echo', '{{ a }}', '{{ b }}c']],
  ['echo {{ default a "x y" }}', ['echo', '{{ default a "x y" }}']],
  ['echo "{{ default a "x y" }} z"', ['echo', '{{ default a "x y" }} z']],
  ['echo {{#if a}} --force {{/if}} b', ['echo', '{{#if a}} --force {{/if}}', 'b']],
  ['echo {{#if a}}{{#if b}}x{{/if}} y{{/if}}', ['echo', '{{#if a}}{{#if b}}x{{/if}} y{{/if}}']],
  ['echo {{{ raw }}}', ['echo', '{{{ raw }}}']],
  ["grep '|' a\\;", ['grep', '|', 'a;']],
  ["awk '{print $1}'", ['awk', '{print $1}']],
  ['grep foo$ a=b>c', ['grep', 'foo$', 'a=b>c']],
  ['a 2>/dev/null', ['command runs no shell, "2>/dev/null" would be an argument']],
  ['cd /x; ls', ['command runs no shell, "/x;" would be an argument']],
  ['', []],
];

describe('src/load/playbook/split-command', () => {
  for (const [text, expected] of CASES) it(JSON.stringify(text), () => assert.deepEqual(split(text), expected));

  it('knows where each word stands, over lines', () => {
    const words = splitCommand('a\nbb {{ c }}', { file: 'f', line: 4, column: 9 }, problem => assert.fail(problem.what));
    assert.deepEqual(
      words.map(({ at }) => [at.line, at.column]),
      [
        [4, 9],
        [5, 9],
        [5, 12],
      ],
    );
  });
});
