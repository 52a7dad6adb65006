// The meaning of playbooks: cases and random ones go through tsplay and through ansible-core, and what they did is compared.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skipBecause } from '../support/skip.ts';
import { BLOCKS } from './cases/blocks.ts';
import { HANDLERS } from './cases/handlers.ts';
import { INVENTORIES } from './cases/inventories.ts';
import { NEWCOMERS } from './cases/newcomers.ts';
import { PLAYS } from './cases/plays.ts';
import { ROLES } from './cases/roles.ts';
import { TAGS } from './cases/tags.ts';
import { TASKS } from './cases/tasks.ts';
import { VARIABLES } from './cases/variables.ts';
import { inLanes } from './lanes.ts';
import { showTried } from './random/show.ts';
import { tryMany } from './random/try-many.ts';
import { installAnsible } from './run-ansible.ts';
import { comparedLines, runCase, type RanCase } from './run-case.ts';

const CASES = [...PLAYS, ...TASKS, ...BLOCKS, ...HANDLERS, ...TAGS, ...ROLES, ...INVENTORIES, ...NEWCOMERS, ...VARIABLES];

const INVENTORY = JSON.stringify({ all: { vars: { ansible_connection: 'local' }, hosts: { n1: {}, n2: {}, n3: {}, n4: {} } } });

/** How many random playbooks are tried, and from which seed on. */
const COUNT = Number(process.env['COUNT'] ?? 20);
const SEED = Number(process.env['SEED'] ?? 1);

describe('conformance with ansible-core 2.19', () => {
  let folder = '';

  before(async function () {
    this.timeout(600_000);
    await installAnsible().catch((error: unknown) => skipBecause(this, `ansible-core cannot be installed: ${String(error)}`));
    folder = mkdtempSync(join(tmpdir(), 'tsplay-conformance-'));
  });

  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  describe('case by case', () => {
    const ran = new Map<number, RanCase>();
    const counts = { agreeing: 0, onPurpose: 0, different: 0 };

    before(async function () {
      this.timeout(600_000);
      await inLanes(folder, [...CASES.entries()], async (ansible, [index, one]) => {
        ran.set(index, await runCase(one, ansible, join(folder, String(index)), INVENTORY));
      });
    });

    after(() => {
      for (const { statement, differs } of CASES) if (differs !== undefined) say(`on purpose: ${statement}: ${differs}`);
      const statements = new Set(CASES.map(({ statement }) => statement)).size;
      const { agreeing, onPurpose, different } = counts;
      say(
        `${statements} statements, ${CASES.length} cases: ${agreeing} agreeing, ${onPurpose} different on purpose, ${different} different`,
      );
    });

    CASES.forEach((one, index) => {
      it(`${one.statement} (${index})`, () => {
        counts.different += 1;
        const { ours, theirs } = ran.get(index) ?? assert.fail('it was not run');
        const [mine, other] = [comparedLines(one, ours), comparedLines(one, theirs)];
        if (one.differs === undefined) assert.deepEqual(mine, other, ours.words ?? theirs.words);
        else assert.notDeepEqual(mine, other, `they agree, though it is said that they do not: ${one.differs}`);
        counts.different -= 1;
        counts[one.differs === undefined ? 'agreeing' : 'onPurpose'] += 1;
      });
    });
  });

  it(`${COUNT} random playbooks`, async function () {
    this.timeout(COUNT * 60_000);
    const { agreeing, onPurpose, different } = await tryMany(SEED, COUNT, INVENTORY, folder);
    for (const [name, count] of onPurpose) say(`on purpose: ${name}: ${count}`);
    const meant = [...onPurpose.values()].reduce((total, count) => total + count, 0);
    say(`${COUNT} random playbooks from seed ${SEED}: ${agreeing} agreeing, ${meant} different on purpose, ${different.size} different`);
    const shown = [...different].map(([seed, tried]) => `===== SEED=${seed} COUNT=1\n${showTried(tried)}`);
    assert.equal(different.size, 0, `\n${shown.join('\n')}`);
  });
});

function say(line: string): void {
  process.stdout.write(`    ${line}\n`);
}
