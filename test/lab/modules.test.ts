// Every module on a real host: it is foretold, converges, repeats to nothing, and notices what was broken.
import assert from 'node:assert/strict';
import { MODULES } from '../../src/modules/registry.ts';
import { HASH } from './modules/account-cases.ts';
import { JOINT, MENDING, WATCHING } from './modules/all-cases.ts';
import { writeMaterials } from './modules/materials.ts';
import type { MendingCase, Sequence, WatchingCase } from './modules/types.ts';
import { NOISE } from './support/explain.ts';
import type { LabRun } from './support/lab-inventory.ts';
import { differingPaths, type Snapshot } from './support/oracle.ts';
import { ofSuite } from './support/of-suite.ts';
import { startWrittenLab, type WrittenLab } from './support/written-lab.ts';

/** One host for the modules by themselves, one where nothing is there when a sequence begins. */
const [ALONE, TOGETHER] = ['modules', 'sequences'] as const;

describe('modules on real hosts', function () {
  this.timeout(60_000);
  const lab = ofSuite(() => startWrittenLab([ALONE, TOGETHER], writeMaterials));

  it('has a case for every module', () => {
    assert.deepEqual([...new Set([...MENDING, ...WATCHING].map(item => item.module))].sort(), Object.keys(MODULES).sort());
  });

  for (const item of MENDING) describe(`${item.module} ${item.does}`, () => showMending(lab, item));
  for (const item of WATCHING) describe(`${item.module} ${item.does}`, () => showWatching(lab, item));
  for (const item of JOINT) describe(item.does, () => showSequence(lab, item));
});

function showMending(lab: () => WrittenLab, item: MendingCase): void {
  const playbook = playOf(ALONE, `tasks:\n${indented(item.tasks)}`);
  const look = async (): Promise<void> => {
    if (item.look !== undefined) assert.equal(await lab().shell(ALONE, item.look), item.shows);
  };
  let fresh: Snapshot;

  it('is foretold, and the check changes nothing', async () => {
    if (item.prepare !== undefined) await lab().shell(ALONE, item.prepare);
    fresh = await lab().look(ALONE);
    const check = await lab().play('check', playbook);
    assertSound(check);
    assertChanges(check, ALONE, item.foretold);
    assertUntouched(fresh, await lab().look(ALONE));
  });

  it('changes exactly that', async () => {
    const run = await lab().play('run', playbook);
    assertSound(run);
    assertChanges(run, ALONE, item.foretold);
    assertLeft(fresh, await lab().look(ALONE), item.leaves);
    await look();
    assert.doesNotMatch(JSON.stringify(run.events), new RegExp(HASH.slice(10, 40)), 'a secret shows');
  });

  it(item.always ? 'runs again every time' : 'changes nothing the second time', async () => {
    const again = await lab().play('run', playbook);
    assertSound(again);
    assertChanges(again, ALONE, item.always ? item.foretold : []);
    await look();
  });

  for (const { what, by, noticed, fails } of item.breaks) {
    it(`${fails ? 'refuses' : noticed?.length === 0 ? 'by design does not mind' : 'notices and mends'}: ${what}`, async () => {
      await lab().shell(ALONE, by);
      const check = await lab().play('check', playbook);
      const run = await lab().play('run', playbook);
      if (fails) {
        for (const failed of [check, run]) assertFails(failed, fails);
        assertChanges(run, ALONE, []);
        return;
      }
      for (const sound of [check, run]) {
        assertSound(sound);
        assertChanges(sound, ALONE, noticed ?? []);
      }
      if (noticed?.length === 0) return;
      await look();
      assertChanges(await lab().play('run', playbook), ALONE, []);
    });
  }
}

function showWatching(lab: () => WrittenLab, item: WatchingCase): void {
  const playbook = playOf(ALONE, `tasks:\n${indented(item.tasks)}`);
  const last = (run: LabRun): string | undefined => run.results.at(-1)?.message;

  it('is content, in the check and in the run', async () => {
    if (item.prepare !== undefined) await lab().shell(ALONE, item.prepare);
    const before = await lab().look(ALONE);
    const check = await lab().play('check', playbook);
    const run = await lab().play('run', playbook);
    for (const sound of [check, run]) {
      assertSound(sound);
      assertChanges(sound, ALONE, []);
    }
    if (item.says) assert.deepEqual({ check: last(check), run: last(run) }, item.says);
    assertUntouched(before, await lab().look(ALONE));
  });

  const { broken } = item;
  if (broken === undefined) return;
  it('says what is wrong', async () => {
    await lab().shell(ALONE, broken.by);
    const check = await lab().play('check', playbook);
    if (broken.check === undefined) assertSound(check);
    else assertFails(check, broken.check);
    assertFails(await lab().play('run', playbook), broken.run);
  });
}

function showSequence(lab: () => WrittenLab, item: Sequence): void {
  const playbook = playOf(TOGETHER, item.play);
  const named = (run: LabRun, status: string): readonly string[] =>
    run.results.filter(result => result.status === status).map(result => result.task.name);

  it('is foretold as a whole on a fresh host, and the run changes exactly that', async () => {
    const before = await lab().look(TOGETHER);
    const check = await lab().play('check', playbook);
    assert.deepEqual(failures(check), []);
    const unknown = check.results.filter(result => result.status === 'unknown');
    assert.deepEqual(
      unknown.map(result => result.task.name),
      Object.keys(item.unknown ?? {}),
    );
    for (const { task, message } of unknown) assert.match(message ?? '', item.unknown?.[task.name] ?? /^$/);
    assertUntouched(before, await lab().look(TOGETHER));
    const run = await lab().play('run', playbook);
    assertSound(run);
    assert.deepEqual(run.changes, check.changes);
    assert.deepEqual(named(run, 'ok'), item.still);
    assert.equal(await lab().shell(TOGETHER, item.look), item.shows);
  });

  it('changes nothing the second time', async () => {
    const again = await lab().play('run', playbook);
    assertSound(again);
    assert.deepEqual(named(again, 'changed'), item.always ?? []);
  });

  for (const { what, by, noticed } of item.breaks) {
    it(`notices and mends: ${what}`, async () => {
      await lab().shell(TOGETHER, by);
      const check = await lab().play('check', playbook);
      const run = await lab().play('run', playbook);
      assertSound(run);
      assert.deepEqual(run.changes, check.changes);
      assert.deepEqual(named(run, 'changed'), noticed);
      assert.equal(await lab().shell(TOGETHER, item.look), item.shows);
      assert.deepEqual(named(await lab().play('run', playbook), 'changed'), item.always ?? []);
    });
  }
}

function playOf(host: string, body: string): string {
  return `- name: ${host}\n  hosts: ${host}\n  become: true\n${indented(body)}\n`;
}

function indented(text: string): string {
  return text.trim().replaceAll(/^(?=.)/gm, '  ');
}

function failures(run: LabRun): readonly string[] {
  const bad = run.results.filter(result => result.status === 'failed' || result.status === 'unreachable');
  const lost = run.events.flatMap(event => (event.kind === 'host-lost' ? [event.message] : []));
  return [...bad.map(result => `${result.task.name}: ${result.message ?? ''}`), ...lost];
}

/** Nothing failed, nothing is unknown, no assumption was wrong. */
function assertSound(run: LabRun): void {
  assert.deepEqual(failures(run), []);
  assert.deepEqual(
    run.events.flatMap(event => (event.kind === 'note' ? [event.text] : [])),
    [],
  );
  assert.deepEqual(
    run.results.filter(result => result.status === 'unknown').map(result => `${result.task.name}: ${result.message ?? ''}`),
    [],
  );
  assert.equal(run.exitCode, 0);
}

function assertFails(run: LabRun, words: RegExp): void {
  assert.equal(run.exitCode, 2);
  const messages = run.results.filter(result => result.status === 'failed').map(result => result.message ?? '');
  assert.equal(messages.length, 1);
  assert.match(messages[0] ?? '', words);
}

/** `task | attribute | to`, in any order; `*` stands for any value. */
function assertChanges(run: LabRun, host: string, expected: readonly string[]): void {
  const any = (change: string): string => `${change.split(' | ').slice(0, 2).join(' | ')} | *`;
  const found = run.changes
    .map(change => change.slice(`${host} | `.length))
    .map(change => (expected.includes(any(change)) ? any(change) : change));
  assert.deepEqual(found.toSorted(), expected.toSorted());
}

function differences(before: Snapshot, after: Snapshot): readonly string[] {
  return differingPaths(before, after).filter(path => !NOISE.some(noise => noise.test(path)));
}

function assertUntouched(before: Snapshot, after: Snapshot): void {
  assert.deepEqual(differences(before, after), []);
  assert.equal(after.packages + after.accounts + after.units, before.packages + before.accounts + before.units);
}

/** Every path that differs is explained, and every explanation explains something. */
function assertLeft(before: Snapshot, after: Snapshot, leaves: MendingCase['leaves']): void {
  const paths = differences(before, after);
  const fits = (path: string, leaf: string | RegExp): boolean => (typeof leaf === 'string' ? leaf === path : leaf.test(path));
  assert.deepEqual(
    paths.filter(path => !leaves.some(leaf => fits(path, leaf))),
    [],
    'changed, and nothing foretold it',
  );
  assert.deepEqual(
    leaves.filter(leaf => !paths.some(path => fits(path, leaf))),
    [],
    'foretold, and not to be seen',
  );
}
