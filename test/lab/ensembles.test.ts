// The other documented layouts: user hadoop with everything below its home, and the current line on Debian's Java.
import assert from 'node:assert/strict';
import { labExec } from '../../src/lab/exec.ts';
import { labOfSuite } from './support/lab-inventory.ts';
import { failuresOf } from './support/run-results.ts';

const PLAYBOOK = 'playbooks/zookeeper.yml';

const ENSEMBLES = [
  { inventory: 'hadoop', version: '3.4.14', java: '/usr/local/java', process: 'hadoop', file: '/home/hadoop/zookeeper/conf/zoo.cfg' },
  { inventory: 'lab39', version: '3.9.3', java: '/usr/local/java', process: 'zookeeper', file: '/opt/zookeeper/zkdata/myid' },
] as const;

for (const ensemble of ENSEMBLES) {
  describe(`${PLAYBOOK} -i ${ensemble.inventory}`, function () {
    this.timeout(240_000);
    const lab = labOfSuite(ensemble.inventory, PLAYBOOK);

    it('is foretold, built as foretold, and then left alone', async () => {
      const check = await lab.run('check');
      assert.deepEqual(failuresOf(check), []);
      assert.deepEqual(
        check.results.filter(result => result.status === 'unknown').map(result => result.task.name),
        [],
      );
      const run = await lab.run('run', { prove: true });
      assert.deepEqual(failuresOf(run), []);
      assert.deepEqual(run.changes, check.changes);
      assert.deepEqual((await lab.run('run', { prove: true })).changes, []);
    });

    it('works as an ensemble, under its user, in its version', async () => {
      const proofs = await lab.run('verify');
      assert.deepEqual(failuresOf(proofs), []);
      assert.match(proofs.results.map(result => result.message ?? '').join('\n'), new RegExp(`version ${ensemble.version}`));
      const host = lab.state.hosts[0]?.name ?? '';
      const pid = (await labExec(lab.state, host, ['systemctl', 'show', '-P', 'MainPID', 'zookeeper'])).stdout.trim();
      const owner = await labExec(lab.state, host, ['stat', '-c', '%U', `/proc/${pid}`, ensemble.file]);
      assert.equal(owner.status, 0, owner.stderr);
      assert.equal(owner.stdout.split('\n')[0], ensemble.process);
    });

    it('notices a server that was changed by hand, and mends it', async () => {
      const host = lab.state.hosts[1]?.name ?? '';
      await labExec(lab.state, host, ['sh', '-c', 'rm /etc/hosts && systemctl disable zookeeper']);
      const check = await lab.run('check');
      assert.ok(check.changes.length >= 2);
      const run = await lab.run('run', { prove: true });
      assert.deepEqual(run.changes, check.changes);
      assert.deepEqual((await lab.run('run')).changes, []);
    });
  });
}
