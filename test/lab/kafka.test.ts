// The documented cluster on three real hosts: foretold, built, repeated, proved, rolled under a client, grown, refused, broken.
import assert from 'node:assert/strict';
import { leftBehind, lookAtAll, misfitsOf, type Looks } from './support/compare.ts';
import { startProducer } from './support/kafka-client.ts';
import { askHost, askHosts, brokersOf, controllerHost, mainPids, restartsOf } from './support/kafka-hosts.ts';
import { failuresOf, unknownsOf } from './support/run-results.ts';
import { startKafkaMachine, type KafkaMachine } from './support/kafka-machine.ts';
import { askMetadata } from './support/kafka-metadata.ts';
import { startSampler, underReplicated } from './support/kafka-sampler.ts';
import { needLab, startTestLab, type LabRun, type TestLab } from './support/lab-inventory.ts';

const PLAYBOOK = 'playbooks/kafka.yml';
const BROKERS = 'kafka.brokers';

describe(PLAYBOOK, function () {
  this.timeout(300_000);
  let lab: TestLab;
  let machine: KafkaMachine;
  let stop: (() => PromiseLike<void>) | undefined;
  before(async function () {
    this.timeout(600_000);
    await needLab(this);
    lab = await startTestLab('lab', PLAYBOOK);
    stop = () => lab[Symbol.asyncDispose]();
    const client = (machine = await startKafkaMachine());
    stop = () => {
      client[Symbol.dispose]();
      return lab[Symbol.asyncDispose]();
    };
  });
  after(async function () {
    this.timeout(120_000);
    await stop?.();
  });

  /** What is described beyond the inventory: it grows from test to test, so that none undoes what the one before did. */
  const described: string[] = [];
  const run = (...more: readonly object[]): Promise<LabRun> => {
    described.push(...more.map(variables => JSON.stringify(variables)));
    return lab.run('run', { extraVars: described, prove: true });
  };
  const check = (...more: readonly object[]): Promise<LabRun> =>
    lab.run('check', { extraVars: [...described, ...more.map(variables => JSON.stringify(variables))] });
  const metadata = () => askMetadata(brokersOf(lab.state)[0] ?? { address: '', port: 0 });

  let fresh: Looks;
  let foretold: LabRun;

  it('is foretold on fresh hosts, topics of brokers that are not there yet included, and the check leaves nothing behind', async () => {
    fresh = await lookAtAll(lab);
    foretold = await check();
    assert.deepEqual(failuresOf(foretold), []);
    assert.deepEqual(unknownsOf(foretold), []);
    const topics = foretold.results.filter(result => result.task.module === 'kafka.topic' && result.status === 'changed');
    assert.ok(topics.length > 0, 'topics are foretold');
    assert.deepEqual(leftBehind([lab.program], fresh, await lookAtAll(lab)), []);
  });

  it('then changes exactly what was foretold, and what the overlays of the hosts show', async () => {
    const built = await lab.run('run');
    assert.deepEqual(failuresOf(built), []);
    assert.equal(built.exitCode, 0);
    assert.deepEqual(built.changes, foretold.changes);
    assert.ok(built.roundTrips <= built.roundTripsAllowed, `${built.roundTrips} round trips, ${built.roundTripsAllowed} allowed`);
    const after = await lookAtAll(lab);
    assert.deepEqual(misfitsOf([lab.program], fresh, after, foretold.results), []);
    for (const [host, before] of fresh) {
      const now = after.get(host);
      assert.ok(now !== undefined);
      for (const name of ['zookeeper', 'kafka']) {
        assert.match(now.units, new RegExp(`^${name}\\.service `, 'm'));
        assert.match(now.accounts, new RegExp(`^${name}:`, 'm'));
      }
      assert.equal(now.packages, before.packages);
    }
  });

  it('changes nothing the second time, in at most three round trips a host', async () => {
    const again = await run();
    assert.deepEqual(again.changes, []);
    assert.ok(again.roundTrips <= again.roundTripsAllowed, `${again.roundTrips} round trips, ${again.roundTripsAllowed} allowed`);
  });

  it('is proved by verify, and a stopped broker is named', async () => {
    assert.deepEqual(failuresOf(await lab.run('verify')), []);
    await askHost(lab.state, 'server2', 'systemctl stop kafka');
    const broken = await lab.run('verify');
    assert.equal(broken.exitCode, 2);
    assert.match(failuresOf(broken).join('\n'), /server2/);
    await sampledAsDescribed();
    const mended = await run();
    assert.deepEqual(failuresOf(mended), []);
    assert.match(mended.changes.join('\n'), /^server2 \| [^|]+ \| running \| true$/m);
    assert.deepEqual(restartsOf(mended, BROKERS), []);
    assert.deepEqual(failuresOf(await lab.run('verify')), []);
  });

  it('rolls a changed setting over the brokers, the controller last, never two out at once, and no acknowledged message is lost', async () => {
    const setting = { kafka_config: { 'log.flush.interval.messages': 20000 } };
    const last = await controllerHost(lab.state);
    const pids = await mainPids(lab.state);
    const planned = await check(setting);
    const producer = await startProducer(machine, brokersOf(lab.state));
    const sampler = await startSampler(brokersOf(lab.state));
    const rolled = await run(setting);
    const watched = await sampler.stop();
    const produced = await producer.stop();
    assert.deepEqual(failuresOf(rolled), []);
    assert.deepEqual(rolled.changes, planned.changes);
    const order = restartsOf(rolled, BROKERS);
    assert.deepEqual(order, restartsOf(planned, BROKERS));
    assert.deepEqual(order.toSorted(), lab.state.hosts.map(host => host.name).toSorted());
    assert.equal(order.at(-1), last);
    const now = await mainPids(lab.state);
    for (const [host, pid] of Object.entries(pids)) assert.notEqual(now[host], pid, host);
    assert.deepEqual(produced.lost, []);
    assert.ok(produced.acknowledged > 200, `only ${produced.acknowledged} messages were acknowledged`);
    assert.deepEqual(watched.tooMany, []);
    assert.deepEqual(watched.everOut, [0, 1, 2], 'every broker was seen out of the ISR while it restarted');
    assert.ok(watched.longestGap < 3000, `nobody answered for ${watched.longestGap} ms`);
    assert.deepEqual((await run()).changes, []);
  });

  it('makes topics, and grows their partitions and copies, without a restart', async () => {
    const pids = await mainPids(lab.state);
    const topic = (partitions: number, replication_factor: number, retention: number) => ({
      kafka_topics: [{ name: 'grown', partitions, replication_factor, config: { 'retention.ms': retention } }],
    });
    for (const wanted of [topic(1, 2, 3_600_000), topic(3, 3, 7_200_000)]) {
      const planned = await check(wanted);
      assert.deepEqual([...failuresOf(planned), ...unknownsOf(planned)], []);
      const made = await run(wanted);
      assert.deepEqual(failuresOf(made), []);
      assert.ok(made.changes.length > 0);
      assert.deepEqual(made.changes, planned.changes);
      assert.deepEqual((await run()).changes, []);
    }
    const partitions = (await metadata()).partitions.filter(partition => partition.topic === 'grown');
    assert.deepEqual(
      partitions.map(({ replicas, isr }) => [replicas.toSorted(), isr.toSorted()]),
      Array.from({ length: 3 }, () => [
        [0, 1, 2],
        [0, 1, 2],
      ]),
    );
    const told = await machine.tool('kafka-topics', ...bootstrap(), '--describe', '--topic', 'grown');
    assert.match(told.stdout, /\bretention\.ms=7200000\b/);
    assert.deepEqual(await mainPids(lab.state), pids);
  });

  it('refuses to roll before anything is touched while a broker is stopped by hand, and goes on once it is back', async () => {
    const heap = { kafka_heap: 272 };
    await askHost(lab.state, 'server2', 'systemctl stop kafka');
    const pids = await mainPids(lab.state);
    const planned = await check(heap);
    const refused = await run(heap);
    assert.equal(refused.exitCode, 2);
    assert.match(failuresOf(refused).join('\n'), /kafka\.service was stopped on server2/);
    assert.deepEqual(failuresOf(planned), failuresOf(refused));
    assert.deepEqual(restartsOf(refused, BROKERS), []);
    assert.deepEqual(await mainPids(lab.state), pids, 'nobody was restarted, and nobody started what was stopped');
    await askHost(lab.state, 'server2', 'systemctl start kafka');
    const rolled = await run();
    assert.deepEqual(failuresOf(rolled), []);
    assert.deepEqual(restartsOf(rolled, BROKERS).toSorted(), ['server1', 'server3']);
    assert.deepEqual((await run()).changes, []);
    const heaps = await askHosts(lab.state, `tr '\\0' '\\n' < /proc/$(systemctl show -P MainPID kafka)/cmdline | grep ^-Xmx`);
    assert.deepEqual(Object.values(heaps), ['-Xmx272m', '-Xmx272m', '-Xmx272m']);
  });

  it('keeps its promises when brokers and servers die', async function () {
    this.timeout(600_000);
    const chaos = await lab.run('chaos', { extraVars: described });
    assert.deepEqual(failuresOf(chaos), []);
    assert.equal(chaos.exitCode, 0);
  });

  function bootstrap(): readonly string[] {
    return [
      '--bootstrap-server',
      brokersOf(lab.state)
        .map(({ address, port }) => `${address}:${port}`)
        .join(','),
    ];
  }

  /** The sampler reads the same from the wire as Kafka's own tool, so that what it finds is what the tool would have found. */
  async function sampledAsDescribed(): Promise<void> {
    const { stdout } = await machine.tool('kafka-topics', ...bootstrap(), '--describe', '--under-replicated-partitions');
    const told = [...stdout.matchAll(/Topic: (\S+)\s+Partition: (\d+)/g)].map(match => `${match[1]}-${match[2]}`).sort();
    assert.ok(told.length > 0);
    assert.deepEqual(underReplicated(await metadata()), told);
  }
});
