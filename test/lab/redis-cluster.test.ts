// The documented cluster on three real hosts, two instances each: foretold, built, repeated, proved, mended, rolled under a client, grown, shrunk.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftBehind, lookAtAll } from './support/compare.ts';
import { askHost } from './support/kafka-hosts.ts';
import { failuresOf, unknownsOf } from './support/run-results.ts';
import { labOfSuite, type LabRun } from './support/lab-inventory.ts';
import { askRedis, checkedBy, idOf, partOf } from './support/redis-hosts.ts';

const PLAYBOOK = 'playbooks/redis-cluster.yml';
const FIRST = { host: 'server1', port: 7000 };

describe(PLAYBOOK, function () {
  this.timeout(300_000);
  const lab = labOfSuite('lab', PLAYBOOK);

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
    assert.deepEqual([...failuresOf(foretold), ...unknownsOf(foretold)], []);
    const made = await run(...more);
    assert.deepEqual(failuresOf(made), []);
    assert.deepEqual(made.changes, foretold.changes);
    return made;
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

  it('rolls a changed setting: replicas first, each master after a failover, and back', async () => {
    const rolled = await asForetold({ redis_cluster_config: { 'maxmemory-policy': 'allkeys-lru' } });
    const order = rolled.events.flatMap(event =>
      event.kind === 'change' && event.change.attribute.endsWith('started with') ? [event.change.attribute.slice(6, 10)] : [],
    );
    assert.deepEqual(order, ['7001', '7003', '7005', '7000', '7002', '7004']);
    assert.equal(await askRedis(lab.state, FIRST, 'config get maxmemory-policy | tail -n 1'), 'allkeys-lru');
    for (const [host, port] of [
      ['server1', 7000],
      ['server2', 7002],
      ['server3', 7004],
    ] as const)
      assert.equal(await partOf(lab.state, { host, port }), 'master', `${host}:${port}`);
    assert.deepEqual((await run()).changes, []);
  });

  it('grows to four masters, and shrinks to three again, with all keys where clients find them', async () => {
    const keys = 500;
    const address = lab.state.hosts[0]?.address ?? '';
    const client = `REDISCLI_AUTH=jijiji redis-cli -c -h ${address} -p 7000`;
    await askHost(lab.state, 'server1', `for i in $(seq ${keys}); do echo "set key$i $i"; done | ${client} >/dev/null`);
    const found = (): Promise<string> =>
      askHost(lab.state, 'server1', `for i in $(seq ${keys}); do echo "get key$i"; done | ${client} | grep -cE '^[0-9]+$'`);
    rewrite('[7000, 7001]', '[7000, 7001, 7006]');
    rewrite('[7002, 7003]', '[7002, 7003, 7007]');
    await asForetold();
    assert.deepEqual(failuresOf(await verify()), []);
    assert.match(await checkedBy(lab.state, FIRST), /keys in 4 masters/);
    assert.equal(await found(), String(keys));
    rewrite('[7000, 7001, 7006]', '[7000, 7001, 7006], redis_cluster_leaving_ports: [7006]');
    rewrite('[7002, 7003, 7007]', '[7002, 7003, 7007], redis_cluster_leaving_ports: [7007]');
    await asForetold();
    assert.deepEqual(failuresOf(await verify()), []);
    assert.match(await checkedBy(lab.state, FIRST), /keys in 3 masters/);
    assert.equal(await found(), String(keys));
    assert.deepEqual((await run()).changes, []);
  });

  it('keeps its promise when a master dies', async () => {
    const chaos = await lab.run('chaos', { extraVars: described });
    assert.deepEqual(failuresOf(chaos), []);
    assert.equal(chaos.exitCode, 0);
  });

  /** Writes something else into the inventory. */
  function rewrite(before: string, after: string): void {
    const file = join(lab.inventory, 'hosts.yml');
    const text = readFileSync(file, 'utf8');
    assert.ok(text.includes(before));
    writeFileSync(file, text.replace(before, after));
  }
});
