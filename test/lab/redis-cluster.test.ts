// The documented cluster on three real hosts, two instances each: foretold, built, repeated, proved, mended.
import assert from 'node:assert/strict';
import { leftBehind, lookAtAll } from './support/compare.ts';
import { askHost, failuresOf } from './support/kafka-hosts.ts';
import { needLab, startTestLab, type LabRun, type TestLab } from './support/lab-inventory.ts';
import { checkedBy } from './support/redis-hosts.ts';

const PLAYBOOK = 'playbooks/redis-cluster.yml';
const FIRST = { host: 'server1', port: 7000 };

describe(PLAYBOOK, function () {
  this.timeout(300_000);
  let lab: TestLab;
  let stop: (() => PromiseLike<void>) | undefined;
  before(async function () {
    this.timeout(600_000);
    await needLab(this);
    lab = await startTestLab('lab', PLAYBOOK);
    stop = () => lab[Symbol.asyncDispose]();
  });
  after(async function () {
    this.timeout(120_000);
    await stop?.();
  });

  const unknowns = ({ results }: LabRun): readonly string[] =>
    results.filter(result => result.status === 'unknown').map(result => `${result.host}: ${result.task.name}: ${result.message ?? ''}`);
  /** What is described beyond the inventory: it stays, so that no test undoes what the one before did. */
  const described: string[] = [];
  const run = (...more: readonly object[]): Promise<LabRun> => {
    described.push(...more.map(variables => JSON.stringify(variables)));
    return lab.run('run', { extraVars: described, prove: true });
  };
  const check = (...more: readonly object[]): Promise<LabRun> =>
    lab.run('check', { extraVars: [...described, ...more.map(variables => JSON.stringify(variables))] });
  const verify = (): Promise<LabRun> => lab.run('verify', { extraVars: described });
  /** A dry run without failures and unknowns, and a run that does just that. */
  const asForetold = async (...more: readonly object[]): Promise<LabRun> => {
    const foretold = await check(...more);
    assert.deepEqual([...failuresOf(foretold), ...unknowns(foretold)], []);
    const made = await run(...more);
    assert.deepEqual(failuresOf(made), []);
    assert.deepEqual(made.changes, foretold.changes);
    return made;
  };

  let foretold: LabRun;

  it('is foretold on fresh hosts, the making of the cluster included, and the check leaves nothing behind', async () => {
    const fresh = await lookAtAll(lab);
    foretold = await check();
    assert.deepEqual([...failuresOf(foretold), ...unknowns(foretold)], []);
    assert.deepEqual(leftBehind([lab.program], fresh, await lookAtAll(lab)), []);
  });

  it('then changes exactly what was foretold, and Redis finds the cluster whole', async () => {
    const built = await run();
    assert.deepEqual(failuresOf(built), []);
    assert.deepEqual(built.changes, foretold.changes);
    const told = await checkedBy(lab.state, FIRST);
    assert.match(told, /\[OK\] All nodes agree about slots configuration/);
    assert.match(told, /\[OK\] All 16384 slots covered/);
    assert.doesNotMatch(told, /WARNING/);
  });

  it('changes nothing the second time, in at most three round trips a host', async () => {
    const again = await run();
    assert.deepEqual(again.changes, []);
    assert.ok(again.roundTrips <= again.roundTripsAllowed, `${again.roundTrips} round trips, ${again.roundTripsAllowed} allowed`);
  });

  it('is proved by verify; a stopped instance is named, and started again', async () => {
    assert.deepEqual(failuresOf(await verify()), []);
    await askHost(lab.state, 'server2', 'systemctl stop redis@7003');
    const broken = await verify();
    assert.equal(broken.exitCode, 2);
    assert.match(failuresOf(broken).join('\n'), /server2:7003 does not answer/);
    const mended = await asForetold();
    assert.match(mended.changes.join('\n'), /^server2 \| [^|]+ \| redis@7003\.service running \| true$/m);
    assert.deepEqual(failuresOf(await verify()), []);
  });
});
