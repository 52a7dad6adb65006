// The documented cluster on three real hosts, two instances each: foretold, built, repeated, proved, mended, rolled under a client, grown, shrunk.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded, seedOfThisRun } from '../support/seeded.ts';
import { breakRun } from './support/broken-run.ts';
import { leftBehind, lookAtAll } from './support/compare.ts';
import { describedLab } from './support/described-lab.ts';
import { askHost, askHosts } from './support/kafka-hosts.ts';
import { labOfSuite, type LabRun } from './support/lab-inventory.ts';
import { isMoving, isRedisStep, REDIS_PLAYBOOK as PLAYBOOK } from './support/redis-breaks.ts';
import { askRedis, checkedBy, findKeys, idOf, leaveKeys, MASTERS, partOf } from './support/redis-hosts.ts';
import { startRedisWriter, type RedisWriter } from './support/redis-writer.ts';
import { failuresOf, unknownsOf } from './support/run-results.ts';

const [FIRST] = MASTERS;

describe(PLAYBOOK, function () {
  this.timeout(300_000);
  const lab = labOfSuite('lab', PLAYBOOK);
  const { extraVars, run, check, verify, chaos, asForetold } = describedLab(lab);

  /** Nothing that was acknowledged is lost; and how long each part of the slots took no write. */
  const judge = async (writer: RedisWriter, words: string): Promise<void> => {
    const { acknowledged, lost, refused, longest } = await writer.stop();
    const gaps = longest.map(gap => `${gap.toFixed(0)} ms`).join(', ');
    process.stdout.write(
      `      ${words}: ${acknowledged} writes acknowledged, ${refused.length} refused, lost ${lost.length}; longest without one, by part: ${gaps}\n`,
    );
    assert.deepEqual(lost, []);
    assert.ok(acknowledged > 1000, `only ${acknowledged} writes were acknowledged`);
  };

  let foretold: LabRun;

  it('is foretold on fresh hosts, the making of the cluster included, and the check leaves nothing behind', async () => {
    const fresh = await lookAtAll(lab);
    foretold = await check();
    assert.deepEqual([...failuresOf(foretold), ...unknownsOf(foretold)], []);
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

  it('a replica on the host of its master is named, and moved', async () => {
    await askRedis(lab.state, { host: 'server1', port: 7001 }, `cluster replicate ${await idOf(lab.state, FIRST)}`);
    const broken = await verify();
    assert.match(failuresOf(broken).join('\n'), /server1:7001 is the replica of server1:7000, on the same host/);
    // What Redis itself has not told everybody yet is waited for.
    const mended = await run();
    assert.deepEqual(failuresOf(mended), []);
    assert.match(mended.changes.join('\n'), /\| 7001 replica of \|/);
    assert.deepEqual(failuresOf(await verify()), []);
    assert.deepEqual((await run()).changes, []);
  });

  it('rolls a changed setting under load: replicas first, each master after a failover, and back, and no acknowledged write is lost', async () => {
    const writer = await startRedisWriter(lab.state);
    const rolled = await asForetold({ redis_cluster_config: { 'maxmemory-policy': 'allkeys-lru' } });
    await judge(writer, 'rolled');
    const order = rolled.events.flatMap(event =>
      event.kind === 'change' && event.change.attribute.endsWith('started with') ? [event.change.attribute.slice(6, 10)] : [],
    );
    assert.deepEqual(order, ['7001', '7003', '7005', '7000', '7002', '7004']);
    assert.equal(await askRedis(lab.state, FIRST, 'config get maxmemory-policy | tail -n 1'), 'allkeys-lru');
    for (const one of MASTERS) assert.equal(await partOf(lab.state, one), 'master', `${one.host}:${one.port}`);
    assert.deepEqual((await run()).changes, []);
  });

  const keys = 500;
  /** Describes two instances more, or those two as leaving. */
  const describeMore = (isLeaving: boolean): void => {
    for (const [ports, more] of [
      ['7000, 7001', 7006],
      ['7002, 7003', 7007],
    ] as const)
      rewrite(new RegExp(`\\[${ports}[^}]*`), `[${ports}, ${more}]${isLeaving ? `, redis_cluster_leaving_ports: [${more}]` : ''} `);
  };

  it('grows to four masters, and shrinks to three again under load, with all keys where clients find them', async () => {
    await leaveKeys(lab.state, keys);
    const writer = await startRedisWriter(lab.state);
    describeMore(false);
    await asForetold();
    assert.deepEqual(failuresOf(await verify()), []);
    assert.match(await checkedBy(lab.state, FIRST), /keys in 4 masters/);
    assert.equal(await findKeys(lab.state, keys), keys);
    describeMore(true);
    await asForetold();
    assert.deepEqual(failuresOf(await verify()), []);
    await judge(writer, 'grown and shrunk');
    assert.match(await checkedBy(lab.state, FIRST), /keys in 3 masters/);
    assert.equal(await findKeys(lab.state, keys), keys);
    assert.deepEqual((await run()).changes, []);
  });

  it('moves the slots that are left to be moved when the controller and the hosts’ sessions die on the way', async () => {
    describeMore(false);
    const seed = seedOfThisRun();
    const point = { is: isMoving, event: 0, milliseconds: Math.floor(seeded(seed)() * 1500) };
    const { problems } = await breakRun(lab, { playbook: PLAYBOOK, extraVars }, { point, isCut: true });
    assert.deepEqual(problems, [], `SEED=${seed}: ${point.milliseconds} ms after slots began to move`);
    assert.match(await checkedBy(lab.state, FIRST), /keys in 4 masters/);
    assert.equal(await findKeys(lab.state, keys), keys);
    describeMore(true);
    assert.deepEqual(failuresOf(await run()), []);
  });

  it('keeps its promise when a master dies', async () => {
    const dead = await chaos();
    assert.deepEqual(failuresOf(dead), []);
    assert.equal(dead.exitCode, 0);
  });

  it('three clusters of one instance each are named, and not made one of by force', async () => {
    // Replicas first: they do not take FLUSHALL, and forget their keys by themselves.
    await askHosts(lab.state, forEachInstance('echo "cluster reset hard"'));
    await askHosts(lab.state, forEachInstance('printf "flushall\\ncluster reset hard\\n"'));
    for (const one of MASTERS) assert.equal(await askRedis(lab.state, one, 'cluster addslotsrange 0 16383'), 'OK');
    const broken = failuresOf(await verify()).join('\n');
    for (const name of ['server2:7002', 'server3:7004'])
      assert.ok(broken.includes(`${name} is a cluster of its own, with the slots 0-16383`), broken);
    const refused = failuresOf(await run()).join('\n');
    assert.match(refused, /are clusters of their own, and each would lose keys if they were made one; decide which one stays/);
  });

  it('is made whole by the next run where the controller is killed while it is made', async () => {
    await askHosts(lab.state, forEachInstance('printf "flushall\\ncluster reset hard\\n"'));
    const seed = seedOfThisRun();
    const random = seeded(seed);
    // Behind the first: instances meet; behind the next, slots are given out and replicas made.
    const point = { is: isRedisStep, event: Math.floor(random() * 12), milliseconds: Math.floor(random() * 1000) };
    const { problems } = await breakRun(lab, { playbook: PLAYBOOK, extraVars }, { point, isCut: random() < 0.5 });
    assert.deepEqual(problems, [], `SEED=${seed}: ${point.milliseconds} ms after step ${point.event + 1}`);
  });

  /** Shell text: gives every instance of a host the commands that are printed. */
  function forEachInstance(printing: string): string {
    return `for unit in $(systemctl list-units --plain --no-legend --state=active 'redis@*' | cut -d ' ' -f 1); do
  port=\${unit#redis@}; ${printing} | REDISCLI_AUTH=jijiji redis-cli -p "\${port%.service}"
done`;
  }

  /** Writes something else into the inventory. */
  function rewrite(before: RegExp, after: string): void {
    const file = join(lab.inventory, 'hosts.yml');
    const text = readFileSync(file, 'utf8');
    assert.match(text, before);
    writeFileSync(file, text.replace(before, after));
  }
});
