// The documented ensemble on three real hosts: foretold, built, repeated, proved, broken, rolled.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labExec } from '../../src/lab/exec.ts';
import { leftBehind, lookAtAll, misfitsOf, type Looks } from './support/compare.ts';
import { labOfSuite, type LabRun } from './support/lab-inventory.ts';
import { failuresOf } from './support/run-results.ts';
import { runProgram, type Ended } from '../cli/support/program.ts';
import { projectRoot } from '../support/project-root.ts';
import { startWriter } from './support/writer.ts';

const PLAYBOOK = 'playbooks/zookeeper.yml';

describe('playbooks/zookeeper.yml', function () {
  this.timeout(180_000);
  const lab = labOfSuite('lab', PLAYBOOK);

  const ask = async (host: string, script: string): Promise<string> =>
    (await labExec(lab.state, host, ['bash', '-c', script])).stdout.trim();
  const modeOf = (host: string): Promise<string> =>
    ask(host, "exec 3<>/dev/tcp/127.0.0.1/12181; printf srvr >&3; sed -n 's/^Mode: //p' <&3");
  const leader = async (): Promise<string> => {
    for (const host of lab.state.hosts) if ((await modeOf(host.name)) === 'leader') return host.name;
    throw new Error('nobody leads');
  };

  let fresh: Looks;
  let foretold: LabRun;

  it('is foretold on fresh hosts, and the check leaves nothing behind', async () => {
    fresh = await lookAtAll(lab);
    foretold = await lab.run('check');
    assert.deepEqual(failuresOf(foretold), []);
    assert.deepEqual(
      foretold.results.filter(result => result.status === 'unknown').map(result => result.task.name),
      [],
    );
    assert.deepEqual(leftBehind([lab.program], fresh, await lookAtAll(lab)), []);
  });

  it('then changes exactly what was foretold, and what the overlays of the hosts show', async () => {
    const run = await lab.run('run');
    assert.deepEqual(failuresOf(run), []);
    assert.equal(run.exitCode, 0);
    assert.ok(run.changes.length > 0);
    assert.deepEqual(run.changes, foretold.changes);
    assert.ok(run.roundTrips <= run.roundTripsAllowed, `${run.roundTrips} round trips, ${run.roundTripsAllowed} allowed`);
    const after = await lookAtAll(lab);
    assert.deepEqual(misfitsOf([lab.program], fresh, after, foretold.results), []);
    for (const [host, before] of fresh) {
      assert.match(after.get(host)?.units ?? '', /^zookeeper\.service /m);
      assert.match(after.get(host)?.accounts ?? '', /^zookeeper:/m);
      assert.equal(after.get(host)?.packages, before.packages);
    }
  });

  it('changes nothing the second time, in at most three round trips a host', async () => {
    const run = await lab.run('run', { prove: true });
    assert.deepEqual(run.changes, []);
    assert.ok(run.roundTrips <= run.roundTripsAllowed, `${run.roundTrips} round trips, ${run.roundTripsAllowed} allowed`);
  });

  it('is proved by verify, and a stopped server is named', async () => {
    assert.deepEqual(failuresOf(await lab.run('verify')), []);
    await labExec(lab.state, 'server2', ['systemctl', 'stop', 'zookeeper']);
    const broken = await lab.run('verify');
    assert.equal(broken.exitCode, 2);
    assert.match(failuresOf(broken).join('\n'), /server2/);
    assert.deepEqual((await lab.run('run')).changes, ['server2 | the ensemble runs | running | true']);
    assert.deepEqual(failuresOf(await lab.run('verify')), []);
  });

  it('rolls a changed heap over the servers, the leader last, and no acknowledged write is lost', async () => {
    const extraVars = ['{"zookeeper_heap": 144}'];
    const last = await leader();
    const pids = await Promise.all(lab.state.hosts.map(host => ask(host.name, 'systemctl show -P MainPID zookeeper')));
    const check = await lab.run('check', { extraVars });
    const writer = await startWriter(lab.state, 'server1', lab.state.hosts.map(host => `${host.address}:12181`).join(','));
    await writer.more(5);
    const run = await lab.run('run', { extraVars, prove: true });
    await writer.more(5);
    const { acknowledged, lost } = await writer.stop();
    assert.deepEqual(failuresOf(run), []);
    assert.deepEqual(run.changes, check.changes);
    assert.deepEqual(restarts(run), restarts(check));
    assert.equal(restarts(run).length, 3);
    assert.equal(restarts(run)[2], last);
    const after = await Promise.all(lab.state.hosts.map(host => ask(host.name, 'systemctl show -P MainPID zookeeper')));
    after.forEach((pid, index) => assert.notEqual(pid, pids[index]));
    assert.ok(acknowledged >= 10, `only ${acknowledged} writes were acknowledged`);
    assert.deepEqual(lost, []);
    assert.deepEqual((await lab.run('run', { extraVars })).changes, []);
  });

  it('goes on when its leader dies and recovers when two of three die', async () => {
    const chaos = await lab.run('chaos');
    assert.deepEqual(failuresOf(chaos), []);
    assert.equal(chaos.exitCode, 0);
  });

  it('rolls as planned: a plan is applied, and the next one is empty', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsplay-plan-'));
    const tsplay = (...args: readonly string[]): Promise<Ended> => runProgram(folder, args);
    const playbook = join(projectRoot(), PLAYBOOK);
    const plan = (): Promise<Ended> =>
      tsplay('plan', playbook, '-i', lab.inventory, '-e', '{"zookeeper_heap": 148}', '-o', 'plan.json', '--exit-code');
    try {
      const made = await plan();
      assert.equal(made.code, 3, made.stderr);
      const applied = await tsplay('apply', 'plan.json', '--prove');
      assert.equal(applied.code, 0, applied.stdout + applied.stderr);
      assert.match(applied.stdout, /started with: /);
      const next = await plan();
      assert.equal(next.code, 0, next.stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('finishes a roll that was interrupted, restarting only what is left', async () => {
    const extraVars = ['{"zookeeper_heap": 150}'];
    const first = lab.state.hosts[0]?.name ?? '';
    const half = await lab.run('run', { extraVars, limit: first });
    assert.match(failuresOf(half).join('\n'), /run without --limit|^$/);
    const rest = await lab.run('run', { extraVars });
    assert.deepEqual(failuresOf(rest), []);
    assert.deepEqual((await lab.run('run', { extraVars })).changes, []);
  });
});

function restarts(run: LabRun): readonly string[] {
  return run.events.flatMap(event => (event.kind === 'change' && event.change.attribute === 'started with' ? [event.host] : []));
}
