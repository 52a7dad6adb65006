// The meaning of playbooks: each case goes through tsplay and through ansible-core, and what they did is compared.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skipBecause } from '../support/skip.ts';
import { BLOCKS } from './cases/blocks.ts';
import { HANDLERS } from './cases/handlers.ts';
import { PLAYS } from './cases/plays.ts';
import { TAGS } from './cases/tags.ts';
import { TASKS } from './cases/tasks.ts';
import { NOT_COVERED } from './not-covered.ts';
import { installAnsible, runAnsible } from './run-ansible.ts';
import { runTsplay } from './run-tsplay.ts';
import type { Trace } from './trace.ts';

const CASES = [...PLAYS, ...TASKS, ...BLOCKS, ...HANDLERS, ...TAGS];

const INVENTORY = { all: { vars: { ansible_connection: 'local' }, hosts: { n1: {}, n2: {}, n3: {}, n4: {} } } };

describe('conformance with ansible-core 2.19', () => {
  let folder = '';
  let theirs: readonly Trace[] = [];
  let ours: readonly Trace[] = [];
  const counts = { agreeing: 0, onPurpose: 0, known: 0, different: 0 };

  before(async function () {
    this.timeout(600_000);
    await installAnsible().catch((error: unknown) => skipBecause(this, `ansible-core cannot be installed: ${String(error)}`));
    folder = mkdtempSync(join(tmpdir(), 'tsplay-conformance-'));
    writeFileSync(join(folder, 'inventory.yml'), JSON.stringify(INVENTORY));
    [theirs, ours] = await Promise.all([runAnsible(folder, CASES), runAll()]);
  });

  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
    for (const { statement, known } of CASES) if (known !== undefined) say(`known: ${statement}: ${known}`);
    for (const { statement, differs } of CASES) if (differs !== undefined) say(`on purpose: ${statement}: ${differs}`);
    for (const words of NOT_COVERED) say(`not covered yet: ${words}`);
    const statements = new Set(CASES.map(({ statement }) => statement)).size;
    const { agreeing, onPurpose, known, different } = counts;
    say(
      `${statements} statements, ${CASES.length} cases: ${agreeing} agreeing, ${onPurpose} different on purpose, ${known} known, ${different} different`,
    );
  });

  CASES.forEach((one, index) => {
    it(`${one.statement} (${index})`, () => {
      const [mine, other] = [ours[index] ?? [], theirs[index] ?? []];
      const expected = one.differs ?? one.known;
      counts.different += 1;
      if (expected === undefined) assert.deepEqual(mine, other);
      else assert.notDeepEqual(mine, other, `they agree, though it is said that they do not: ${expected}`);
      counts.different -= 1;
      counts[expected === undefined ? 'agreeing' : one.differs === undefined ? 'known' : 'onPurpose'] += 1;
    });
  });

  /** One after the other, each in a folder of its own: beside them goes the other engine. */
  async function runAll(): Promise<readonly Trace[]> {
    const traces: Trace[] = [];
    for (const [index, one] of CASES.entries()) {
      const own = join(folder, `tsplay-${index}`);
      mkdirSync(own);
      writeFileSync(join(own, 'inventory.yml'), JSON.stringify(INVENTORY));
      writeFileSync(join(own, 'playbook.yml'), one.playbook);
      traces.push(await runTsplay(own, 'playbook.yml', one));
    }
    return traces;
  }
});

function say(line: string): void {
  process.stdout.write(`    ${line}\n`);
}
