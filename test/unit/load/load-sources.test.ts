// Every problem that loading can tell, with its exact text and place; none of them prints a stack.
import assert from 'node:assert/strict';
import { iniProblems } from '../../../src/load/messages/ini.ts';
import { inventoryProblems } from '../../../src/load/messages/inventory.ts';
import { patternProblems } from '../../../src/load/messages/pattern.ts';
import { playProblems } from '../../../src/load/messages/play.ts';
import { commandProblems, playbookProblems } from '../../../src/load/messages/playbook.ts';
import { roleProblems } from '../../../src/load/messages/role.ts';
import { schemaProblems } from '../../../src/load/messages/role-schema.ts';
import { sourceProblems } from '../../../src/load/messages/sources.ts';
import { variableProblems } from '../../../src/load/messages/variables.ts';
import { INVENTORY_CASES } from './cases/inventory.cases.ts';
import { PLAY_CASES } from './cases/play.cases.ts';
import { ROLE_CASES } from './cases/role.cases.ts';
import { TASK_CASES } from './cases/task.cases.ts';
import { WRITTEN_ROLE_CASES } from './cases/written-role.cases.ts';
import { runCase, type LoadCase } from './load-case.ts';

const GROUPS: Readonly<Record<string, readonly LoadCase[]>> = {
  plays: PLAY_CASES,
  tasks: TASK_CASES,
  inventories: INVENTORY_CASES,
  roles: ROLE_CASES,
  'roles in YAML': WRITTEN_ROLE_CASES,
};
const TABLES = {
  playbook: playbookProblems,
  command: commandProblems,
  variables: variableProblems,
  inventory: inventoryProblems,
  ini: iniProblems,
  play: playProblems,
  pattern: patternProblems,
  role: roleProblems,
  'role-schema': schemaProblems,
  sources: sourceProblems,
};

describe('src/load/load-sources', () => {
  for (const [group, cases] of Object.entries(GROUPS)) {
    describe(group, () => {
      for (const each of cases) {
        it(each[0], async () => {
          const { lines } = await runCase(each);
          assert.deepEqual(lines, each[2]);
          assert.ok(!lines.some(line => /\n|\bat \w+.*:\d+:\d+\)/.test(line)), 'one line each, no stack');
        });
      }
    });
  }

  it('has a case for every message', async () => {
    const made = new Set<string>();
    for (const each of Object.values(GROUPS).flat()) for (const code of (await runCase(each)).codes) made.add(code);
    const all = Object.entries(TABLES).flatMap(([table, makers]) => Object.keys(makers).map(key => `${table}.${key}`));
    assert.deepEqual(
      all.filter(code => !made.has(code)),
      [],
    );
  });
});
