// The page of bad days and the tables that are tried agree; UPDATE_GOLDEN=1 writes the page.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allTables, BEGIN, tablesAsText } from '../days/support/page.ts';
import { projectRoot } from '../support/project-root.ts';
import { updating } from '../support/golden.ts';

const PAGE = join(projectRoot(), 'docs/bad-days.md');

describe('docs/bad-days.md', () => {
  it('says of every bad day what its test expects', async () => {
    const page = readFileSync(PAGE, 'utf8');
    const at = page.indexOf(BEGIN);
    assert.notEqual(at, -1, 'the line that begins the tables is gone');
    const written = page.slice(0, at + BEGIN.length);
    const text = `${written}\n${tablesAsText(await allTables())}`;
    if (updating) writeFileSync(PAGE, text);
    assert.equal(readFileSync(PAGE, 'utf8'), text, 'UPDATE_GOLDEN=1 on this test writes it anew');
  });

  it('tells no two days alike', async () => {
    const names = (await allTables()).flatMap(({ days }) => days.map(({ name }) => name));
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });
});
