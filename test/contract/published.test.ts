// What is published is what the code says: schemas and lists in docs/ are written from it, and a stale one fails here.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { FACT_NAMES, loadFact } from '../../src/facts/registry.ts';
import { PLAN_SCHEMA } from '../../src/plan/schema.ts';
import type { AnyRole } from '../../src/program/role.ts';
import { exportsUnder, updating } from '../support/golden.ts';
import { projectRoot } from '../support/project-root.ts';

describe('published', () => {
  it('docs/plan.schema.json is the schema that plans are checked against', async () => {
    const file = join(projectRoot(), 'docs', 'plan.schema.json');
    const text = await format(JSON.stringify(PLAN_SCHEMA), { ...(await resolveConfig(file)), parser: 'json' });
    if (updating) writeFileSync(file, text);
    assert.equal(readFileSync(file, 'utf8'), text, 'UPDATE_GOLDEN=1 npx mocha writes it anew');
  });

  it('every shipped fact is found by its name, so that a plan can name it', async () => {
    const { exports } = await exportsUnder(['src/facts', 'src/modules']);
    const made = exports
      .map(found => (found as { readonly definition?: { readonly name?: unknown; readonly probe?: unknown } } | undefined)?.definition)
      .filter(definition => typeof definition?.probe === 'function');
    assert.ok(made.length > 20);
    for (const definition of made) {
      const found = await loadFact(String(definition?.name));
      assert.equal(found?.definition, definition, `${String(definition?.name)} is missing in src/facts/registry.ts`);
    }
    assert.deepEqual(
      FACT_NAMES.filter(name => !made.some(definition => definition?.name === name)),
      [],
    );
  });

  it('every fact of a shipped role is listed in the role, so that a plan can name it', async () => {
    for (const name of ['java', 'zookeeper', 'kafka', 'redis-cluster', 'elasticsearch']) {
      const { exports } = await exportsUnder([`roles/${name}/facts`, `roles/${name}/modules`]);
      const made = exports
        .map(found => (found as { readonly definition?: { readonly name?: string; readonly probe?: unknown } } | undefined)?.definition)
        .flatMap(definition => (typeof definition?.probe === 'function' ? [definition.name] : []));
      const { default: role } = (await import(`../../roles/${name}/role.js`)) as { readonly default: AnyRole };
      assert.deepEqual((role.facts ?? []).map(fact => fact.definition.name).sort(), [...new Set(made)].sort(), name);
    }
  });
});
