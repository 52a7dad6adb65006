// The controller dies in the middle of a roll, again and again at other points: the next run finishes what it began, no more and no less.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ofKind } from '../cli/support/events.ts';
import { seeded, seedOfThisRun } from '../support/seeded.ts';
import { askHosts, brokersOf, startsOf } from './support/kafka-hosts.ts';
import { failuresOf } from './support/run-results.ts';
import { askMetadata } from './support/kafka-metadata.ts';
import { brokersOut } from './support/kafka-sampler.ts';
import { runProgramUntil, type ChildRun, type KillPoint } from './support/killed-run.ts';
import { changesOf, needLab, startTestLab, type TestLab } from './support/lab-inventory.ts';

/** Each point costs a minute, and all tests together have thirty: KILL_POINTS=10 before a release, or after a change of what rolls. */
const POINTS = Number(process.env['KILL_POINTS'] ?? 1);
/** How long after its event the controller is killed at most: long enough to fall into the step that the event began. */
const LATEST = 1500;

describe('a controller killed in the middle of a roll', function () {
  this.timeout(600_000);
  const seed = seedOfThisRun();
  const random = seeded(seed);
  let lab: TestLab;
  let playbook: string;
  let stop: (() => PromiseLike<void>) | undefined;
  /** A heap that was not there before: every broker then needs exactly one restart. */
  let heap = 256;
  before(async function () {
    this.timeout(600_000);
    await needLab(this);
    lab = await startTestLab('lab', 'playbooks/kafka.yml');
    stop = () => lab[Symbol.asyncDispose]();
    const built = await lab.run('run');
    assert.deepEqual(failuresOf(built), []);
    playbook = join(dirname(lab.inventory), 'roll.yml');
    writeFileSync(playbook, ROLL);
  });
  after(async function () {
    this.timeout(120_000);
    await stop?.();
  });

  const run = (point?: KillPoint): Promise<ChildRun> =>
    runProgramUntil(['run', playbook, '-i', lab.inventory, '-e', JSON.stringify({ kafka_heap: heap })], point);
  const changes = ({ events }: ChildRun): readonly string[] => changesOf(ofKind(events, 'task-result'));
  const running = (): Promise<Readonly<Record<string, string>>> =>
    askHosts(lab.state, `tr '\\0' '\\n' < /proc/$(systemctl show -P MainPID kafka)/cmdline | grep ^-Xmx`);
  const onEvery = <T>(value: T): Readonly<Record<string, T>> => Object.fromEntries(lab.state.hosts.map(({ name }) => [name, value]));

  /** The events at which it may be killed: from the first change on, so long as there is something left to do. */
  let range: { readonly first: number; readonly last: number };

  it('rolls without being killed, which shows where it can be', async () => {
    const before = await startsOf(lab.state);
    heap += 1;
    const reference = await run();
    assert.equal(reference.exitCode, 0, reference.stderr);
    assert.deepEqual(await startsSince(before), onEvery(1));
    const isChange = reference.events.map(event => event.kind === 'change');
    range = { first: isChange.indexOf(true), last: isChange.lastIndexOf(true) };
    assert.ok(range.last - range.first >= 6, `${range.last - range.first} events between the first change and the last`);
  });

  for (let number = 1; number <= POINTS; number += 1) {
    it(`leaves to the next run what is left: point ${number}`, async function () {
      const before = await startsOf(lab.state);
      heap += 1;
      const point = {
        event: range.first + Math.floor(random() * (range.last - range.first + 1)),
        milliseconds: Math.floor(random() * LATEST),
      };
      const killed = await run(point);
      const where = `SEED=${seed}, point ${number}: killed ${point.milliseconds} ms after event ${point.event}, ${lastOf(killed)}`;
      const next = await run();
      assert.equal(next.exitCode, 0, `${where}\n${next.stderr}${troubles(next)}`);
      assert.deepEqual(await startsSince(before), onEvery(1), `${where}: every broker needs one restart`);
      assert.deepEqual(await running(), onEvery(`-Xmx${heap}m`), where);
      const third = await run();
      assert.equal(third.exitCode, 0, where);
      assert.deepEqual(changes(third), [], where);
      for (const broker of brokersOf(lab.state)) assert.deepEqual(brokersOut(await askMetadata(broker)), [], where);
    });
  }

  async function startsSince(before: Readonly<Record<string, number>>): Promise<Readonly<Record<string, number>>> {
    const now = await startsOf(lab.state);
    return Object.fromEntries(Object.entries(now).map(([host, count]) => [host, count - (before[host] ?? 0)]));
  }
});

/** The cluster alone: its servers of ZooKeeper are not what is rolled here. */
const ROLL = `- name: a Kafka cluster
  hosts: kafka
  become: true
  any_errors_fatal: true
  roles:
    - kafka
`;

function lastOf({ exitCode, events }: ChildRun): string {
  const last = events.at(-1);
  const at = last !== undefined && 'task' in last ? ` of "${last.task.name}"` : '';
  return exitCode === undefined ? `the last it told of was ${last?.kind ?? 'nothing'}${at}` : 'when it was through';
}

function troubles({ events }: ChildRun): string {
  const failed = ofKind(events, 'task-result').filter(result => result.status === 'failed' || result.status === 'unreachable');
  return failed.map(result => `${result.host}: ${result.task.name}: ${result.message ?? ''}`).join('\n');
}
