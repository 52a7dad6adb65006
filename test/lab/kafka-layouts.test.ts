// The other Kafka clusters: without ZooKeeper, and the one of the other document with a folder for each disk.
import assert from 'node:assert/strict';
import { failuresOf, unknownsOf } from './support/run-results.ts';
import { labOfSuite } from './support/lab-inventory.ts';

const CLUSTERS = [
  { inventory: 'lab-kraft', playbook: 'playbooks/kafka-kraft.yml', version: '4.1.0' },
  { inventory: 'lvskafka', playbook: 'playbooks/kafka.yml', version: '2.2.0' },
] as const;

for (const { inventory, playbook, version } of CLUSTERS) {
  describe(`${playbook} -i ${inventory}`, function () {
    this.timeout(300_000);
    const lab = labOfSuite(inventory, playbook);

    it('is foretold, built as foretold, and then left alone', async () => {
      const planned = await lab.run('check');
      assert.deepEqual([...failuresOf(planned), ...unknownsOf(planned)], []);
      const built = await lab.run('run', { prove: true });
      assert.deepEqual(failuresOf(built), []);
      assert.deepEqual(built.changes, planned.changes);
      assert.deepEqual((await lab.run('run', { prove: true })).changes, []);
    });

    it('works, in its version, its topic spread over all brokers', async () => {
      const proofs = await lab.run('verify');
      assert.deepEqual(failuresOf(proofs), []);
      const words = proofs.results.map(result => result.message ?? '').join('\n');
      assert.match(words, new RegExp(`no partition under-replicated or offline, version ${version}`));
      assert.match(words, /LvsKafka: 24 partitions, 2 replicas each(; |, )(\S+ leads 8 and holds 16(, )?){3}/);
    });
  });
}
