// The 48 dependent tasks on a fresh host: the check says what the run does, names what it cannot know, and refuses what nobody provides.
import assert from 'node:assert/strict';
import { shownBy, taskNames, type Witness } from '../peers/pair.ts';
import { playbookText, startPeersLab } from '../peers/peers-lab.ts';
import { tsplayModules, tsplayOutcomes } from '../peers/tsplay.ts';
import type { LabRun } from './support/lab-inventory.ts';
import { ofSuite } from './support/of-suite.ts';

/** Tasks that need what a command will print, and the task that runs it. */
const NEED_OUTPUT: Readonly<Record<string, string>> = {
  '27 what only others than the leader do, as an earlier command tells': '26 a command',
  '38 a file in a directory whose random name is given earlier': '37 a directory with a random name',
};

const numbered = (names: readonly string[]): readonly string[] => names.filter(name => /^\d/.test(name));

describe('dependent tasks on a fresh host', function () {
  this.timeout(60_000);
  const peers = ofSuite(() => startPeersLab(['tsplay']));
  let check: LabRun;
  let run: LabRun;
  let witness: Witness;

  before(async function () {
    this.timeout(600_000);
    check = await peers().lab.play('check', playbookText('dependent-tasks.tsplay.yml'));
    run = await peers().lab.play('run', playbookText('dependent-tasks.tsplay.yml'));
    witness = { modules: tsplayModules(check), check: tsplayOutcomes(check), run: tsplayOutcomes(run) };
  });

  it('are 48, the same in the words of both engines', () => {
    const names = taskNames('dependent-tasks.tsplay.yml');
    const numbers = numbered(names).map(name => Number(name.slice(0, 2)));
    assert.deepEqual(
      numbers.toSorted((one, other) => one - other),
      Array.from({ length: 48 }, (_, index) => index + 1),
    );
    assert.deepEqual(taskNames('dependent-tasks.ansible.yml'), names);
  });

  it('end in the run as they should', () => {
    const failed = run.results.filter(result => result.status === 'failed').map(({ task, message }) => `${task.name}: ${message ?? ''}`);
    assert.deepEqual(failed, []);
    assert.equal(run.exitCode, 0);
  });

  it('are foretold: no false failure, no wrong branch, no lie', () => {
    const verdicts = taskNames('dependent-tasks.tsplay.yml').map(task => ({ task, ...shownBy(witness, task) }));
    assert.deepEqual(
      verdicts
        .filter(({ verdict }) => verdict !== 'true' && verdict !== 'unknown')
        .map(({ task, verdict, check: said, run: did }) => ({ task, verdict, said, did })),
      [],
    );
  });

  it('change what was foretold, attribute by attribute', () => {
    const isKnown = (change: string): boolean => !Object.keys(NEED_OUTPUT).some(task => change.startsWith(`tsplay | ${task} | `));
    assert.deepEqual(run.changes.filter(isKnown), check.changes);
  });

  it('are unknown only where the output of a command decides, which is named', () => {
    const unknown = check.results.filter(result => result.status === 'unknown');
    assert.deepEqual(
      unknown.map(({ task }) => task.name),
      Object.keys(NEED_OUTPUT),
    );
    for (const { task, message = '' } of unknown)
      assert.ok(message.includes(`"${NEED_OUTPUT[task.name] ?? ''}"`), `${task.name} says: ${message}`);
  });

  it('are refused in the check with the words of the run, where nobody provides what they need', async () => {
    assert.ok(peers, 'the lab is up');
    const text = playbookText('unmet-tasks.tsplay.yml');
    const refused = await peers().lab.play('check', text);
    const failed = await peers().lab.play('run', text);
    const words = ({ results }: LabRun): readonly string[] =>
      results.filter(({ status }) => status === 'failed').map(({ task, message }) => `${task.name}: ${message ?? ''}`);
    assert.equal(words(refused).length, taskNames('unmet-tasks.tsplay.yml').length);
    assert.deepEqual(words(refused), words(failed));
  });
});
