// docs/reference says what the definitions say; UPDATE_GOLDEN=1 writes it.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED_ROLES } from '../../roles/shipped.ts';
import { keywordPages } from '../../src/cli/reference/keyword-page.ts';
import { KEYWORD_WORDS } from '../../src/cli/reference/keyword-words.ts';
import { referencePages } from '../../src/cli/reference/reference.ts';
import { updating } from '../support/golden.ts';
import { projectRoot } from '../support/project-root.ts';

const FOLDER = join(projectRoot(), 'docs/reference');

describe('docs/reference', () => {
  it('says what the definitions say', async () => {
    const roles = await Promise.all(Object.values(SHIPPED_ROLES).map(load => load()));
    const pages = await referencePages(roles);
    mkdirSync(FOLDER, { recursive: true });
    for (const [name, text] of pages) {
      const file = join(FOLDER, name);
      if (updating) writeFileSync(file, text);
      assert.equal(readFileSync(file, 'utf8'), text, `${name} is stale: UPDATE_GOLDEN=1 on this test writes it anew`);
    }
    assert.deepEqual(readdirSync(FOLDER).toSorted(), [...pages.keys()].toSorted());
  });

  it('has a sentence for every keyword', () => {
    for (const { name } of keywordPages)
      assert.ok(Object.hasOwn(KEYWORD_WORDS, name), `src/cli/reference/keyword-words.ts has nothing on ${name}`);
  });
});
