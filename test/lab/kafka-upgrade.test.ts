// From the documented versions to the last line with ZooKeeper, servers and brokers, while a client writes.
import assert from 'node:assert/strict';
import { buildArtifacts } from '../../src/lab/artifacts/build.ts';
import { startProducer, type Produced } from './support/kafka-client.ts';
import { askHosts, brokersOf, restartsOf } from './support/kafka-hosts.ts';
import { failuresOf } from './support/run-results.ts';
import { startKafkaMachine, type KafkaMachine } from './support/kafka-machine.ts';
import { startSampler, type Watched } from './support/kafka-sampler.ts';
import { needLab, startTestLab, type LabRun, type TestLab } from './support/lab-inventory.ts';

const ZOOKEEPER = 'apache-zookeeper-3.9.3-bin.tar.gz';
const KAFKA = 'kafka_2.13-3.9.1.tgz';

/** What a person changes in the inventory: first the servers, then the brokers. */
const NEW_SERVERS = {
  zookeeper_version: '3.9.3',
  zookeeper_url: `{{ lab.artifacts }}/${ZOOKEEPER}`,
  zookeeper_checksum: `{{ lab.artifacts }}/${ZOOKEEPER}.sha512`,
};
const NEW_BROKERS = {
  kafka_version: '3.9.1',
  kafka_url: `{{ lab.artifacts }}/${KAFKA}`,
  kafka_checksum: `{{ lab.artifacts }}/${KAFKA}.sha512`,
};
/** A young ensemble of 3.4 has no snapshot: the setting goes in for the upgrade, and out again afterwards. */
const TRUST = JSON.stringify({ zookeeper_config: { 'snapshot.trust.empty': true } });
const SERVERS = { playbook: 'playbooks/zookeeper-upgrade.yml', extraVars: [JSON.stringify(NEW_SERVERS)] };
const BROKERS = { playbook: 'playbooks/kafka-upgrade.yml', extraVars: [...SERVERS.extraVars, JSON.stringify(NEW_BROKERS)] };

describe('Kafka 2.2.0 with ZooKeeper 3.4.14 becomes 3.9.1 with 3.9.3', function () {
  this.timeout(400_000);
  let lab: TestLab;
  let stop: (() => PromiseLike<void>) | undefined;
  let ended: { readonly watched: Watched; readonly produced: Produced };
  const runs: Partial<Record<'servers' | 'distrust' | 'brokers', { readonly planned: LabRun; readonly made: LabRun }>> = {};

  before(async function () {
    this.timeout(900_000);
    await needLab(this);
    await buildArtifacts([ZOOKEEPER, KAFKA], () => undefined);
    lab = await startTestLab('lab', 'playbooks/kafka.yml');
    stop = () => lab[Symbol.asyncDispose]();
    assert.deepEqual(failuresOf(await lab.run('run', { playbook: 'playbooks/zookeeper.yml' })), []);
    // A server that was late for the first election was sent one by the leader; the ensemble is empty still, so nothing is lost with it.
    await askHosts(lab.state, 'rm -f /opt/zookeeper/zkdata/version-2/snapshot.*');
    assert.deepEqual(failuresOf(await lab.run('run')), []);
    assert.deepEqual(await versions(), onEvery('3.4.14 2.2.0'));
    using machine = await startKafkaMachine();
    ended = await upgradeUnderLoad(machine);
  });
  after(async function () {
    this.timeout(120_000);
    await stop?.();
  });

  const onEvery = <T>(value: T): Readonly<Record<string, T>> => Object.fromEntries(lab.state.hosts.map(({ name }) => [name, value]));
  const names = (): readonly string[] => lab.state.hosts.map(({ name }) => name);

  it('is through, as foretold, one after the other', () => {
    assert.deepEqual(Object.keys(runs), ['servers', 'distrust', 'brokers']);
    for (const { planned, made } of Object.values(runs)) {
      assert.deepEqual(failuresOf(made), []);
      assert.deepEqual(made.changes, planned.changes);
    }
    assert.deepEqual(turns('servers', 'zookeeper.ensemble'), names());
    assert.deepEqual(turns('distrust', 'zookeeper.ensemble'), names());
    // Once with the new programs and the old protocol, once with the new protocol.
    assert.deepEqual(turns('brokers', 'kafka.brokers'), [...names(), ...names()].toSorted());
  });

  it('loses no acknowledged message', () => {
    const { produced } = ended;
    assert.deepEqual(produced.lost, []);
    assert.ok(produced.acknowledged > 1000, `only ${produced.acknowledged} messages were acknowledged`);
  });

  it('never has two brokers out of the ISR at once, as the brokers themselves say many times a second', () => {
    const { watched } = ended;
    assert.deepEqual(watched.tooMany, []);
    assert.deepEqual(watched.everOut, [0, 1, 2], 'every broker was seen out of the ISR while it restarted');
    assert.ok(watched.longestGap < 5000, `nobody answered for ${watched.longestGap} ms`);
  });

  it('ends with the new versions on every host, which prove that they work', async () => {
    assert.deepEqual(await versions(), onEvery('3.9.3 3.9.1'));
    const proofs = await lab.run('verify', { extraVars: BROKERS.extraVars });
    assert.deepEqual(failuresOf(proofs), []);
  });

  it('changes nothing when it is run again, nor does the ordinary playbook', async () => {
    for (const again of [SERVERS, BROKERS, { extraVars: BROKERS.extraVars }]) {
      const run = await lab.run('run', { ...again, prove: true });
      assert.deepEqual(failuresOf(run), []);
      assert.deepEqual(run.changes, []);
    }
  });

  async function upgradeUnderLoad(machine: KafkaMachine) {
    const brokers = brokersOf(lab.state);
    const producer = await startProducer(machine, brokers);
    const sampler = await startSampler(brokers);
    runs.servers = await foretellAndRun({ ...SERVERS, extraVars: [...SERVERS.extraVars, TRUST] });
    runs.distrust = await foretellAndRun(SERVERS);
    runs.brokers = await foretellAndRun(BROKERS);
    const watched = await sampler.stop();
    return { watched, produced: await producer.stop() };
  }

  async function foretellAndRun(options: typeof SERVERS) {
    const planned = await lab.run('check', options);
    return { planned, made: await lab.run('run', { ...options, prove: true }) };
  }

  function turns(part: keyof typeof runs, module: string): readonly string[] {
    const made = runs[part]?.made;
    return made === undefined ? [] : restartsOf(made, module).toSorted();
  }

  /** Of what runs: the jars of its process, not the files on the disk. */
  function versions(): Promise<Readonly<Record<string, string>>> {
    const jarOf = (unit: string, jar: string): string =>
      `ls -l /proc/$(systemctl show -P MainPID ${unit})/fd | sed -n 's|.*/${jar}-\\([0-9.]*\\)\\.jar$|\\1|p' | head -n 1`;
    return askHosts(lab.state, `echo $(${jarOf('zookeeper', 'zookeeper')}) $(${jarOf('kafka', 'kafka_[0-9.]*')})`);
  }
});
