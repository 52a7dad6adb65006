// docs/from-ansible.md gives the answers that people get; UPDATE_GOLDEN=1 writes its tables.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project-root.ts';
import { updating } from '../support/golden.ts';
import { CONDITIONS, TEMPLATES, TEXTS } from '../unit/expression/habits.ts';

const PAGE = join(projectRoot(), 'docs/from-ansible.md');
const BEGIN = 'writes what follows anew -->\n';
const END = '<!-- end -->';

describe('docs/from-ansible.md', () => {
  it('gives the answers that people get', () => {
    const page = readFileSync(PAGE, 'utf8');
    const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
    assert.ok(from !== -1 && to > from, 'the lines around the tables are gone');
    const text = page.slice(0, from + BEGIN.length) + tables() + page.slice(to);
    if (updating) writeFileSync(PAGE, text);
    assert.equal(readFileSync(PAGE, 'utf8'), text, 'UPDATE_GOLDEN=1 on this test writes it anew');
  });

  it('names files that are there', () => {
    for (const [, name = ''] of readFileSync(PAGE, 'utf8').matchAll(/\]\(([\w/-]+\.md)\)/g))
      assert.ok(readFileSync(join(projectRoot(), 'docs', name), 'utf8'), name);
  });
});

function tables(): string {
  const texts = TEXTS.map(([habit, instead]) => [habit, instead.join(' ')] as const);
  return [
    table('in a condition', CONDITIONS),
    table(
      'between braces',
      TEMPLATES.map(([habit, instead]) => [`{{ ${habit} }}`, `{{${instead}}}`] as const),
    ),
    table('in a template file', texts),
  ].join('');
}

function table(where: string, rows: readonly (readonly [string, string])[]): string {
  return `\n| ${where} | here |\n| --- | --- |\n${rows.map(row => `| ${row.map(code).join(' | ')} |\n`).join('')}`;
}

function code(text: string): string {
  return `\`${text.replaceAll('|', String.raw`\|`)}\``;
}
