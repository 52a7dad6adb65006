// From 3.4 to 3.9 on three real hosts: refused where it must be, foretold, rolled without a gap, proved, and no way back.
import assert from 'node:assert/strict';
import { labExec } from '../../src/lab/exec.ts';
import { labOfSuite, type LabRun } from './support/lab-inventory.ts';
import { failuresOf } from './support/run-results.ts';
import { startWriter } from './support/writer.ts';

const PLAYBOOK = 'playbooks/zookeeper.yml';
const UPGRADE = 'playbooks/zookeeper-upgrade.yml';

/** A snapshot every few writes: an ensemble that has been there for a while. Stays in zoo.cfg, which both lines read. */
const AGED = '{"zookeeper_config": {"snapCount": 10}}';
const ARCHIVE = '{{ lab.artifacts }}/apache-zookeeper-3.9.3-bin.tar.gz';
const NEWER = JSON.stringify({ zookeeper_version: '3.9.3', zookeeper_url: ARCHIVE, zookeeper_checksum: `${ARCHIVE}.sha512` });

describe(UPGRADE, function () {
  this.timeout(180_000);
  const lab = labOfSuite('lab', PLAYBOOK);
  before(async function () {
    this.timeout(600_000);
    const run = await lab.run('run', { extraVars: [AGED] });
    assert.deepEqual(failuresOf(run), []);
    const writer = await startWriter(lab.state, 'server1', servers());
    await until(async () => (await Promise.all(names().map(host => snapshotsOf(host)))).every(count => count > 0));
    assert.deepEqual((await writer.stop()).lost, []);
  });

  const names = (): readonly string[] => lab.state.hosts.map(host => host.name);
  const servers = (): string => lab.state.hosts.map(host => `${host.address}:12181`).join(',');
  const on = async (host: string, script: string): Promise<string> =>
    (await labExec(lab.state, host, ['bash', '-c', script])).stdout.trim();
  const ask = (host: string, word: string): Promise<string> => on(host, `exec 3<>/dev/tcp/127.0.0.1/12181; printf ${word} >&3; cat <&3`);
  const snapshotsOf = async (host: string): Promise<number> =>
    Number(await on(host, 'ls -d /opt/zookeeper/zkdata/version-2/snapshot.* 2>/dev/null | wc -l'));
  /** What a run that was refused must have left alone: the program's folders, the unit, the process. */
  const traces = (): Promise<readonly string[]> =>
    Promise.all(
      names().map(host => on(host, 'ls -l /opt/zookeeper /etc/systemd/system/zookeeper.service; systemctl show -P MainPID zookeeper')),
    );
  const leader = async (): Promise<string> => {
    for (const host of names()) if (/^Mode: leader$/m.test(await ask(host, 'srvr'))) return host;
    throw new Error('nobody leads');
  };
  const refused = async (playbook: string, extraVars: readonly string[], words: RegExp): Promise<void> => {
    const before = await traces();
    for (const mode of ['check', 'run'] as const) {
      const run = await lab.run(mode, { playbook, extraVars });
      assert.match(failuresOf(run).join('\n'), words);
      assert.equal(run.exitCode, 2);
      assert.deepEqual(run.changes, []);
    }
    assert.deepEqual(await traces(), before);
  };

  it('is what a normal run asks for, which changes nothing itself', async () => {
    const words = /server1, server2 and server3 run 3\.4\.14 and the inventory wants 3\.9\.3: run playbooks\/zookeeper-upgrade\.yml/;
    await refused(PLAYBOOK, [AGED, NEWER], words);
  });

  it('stops before a server that has lost its snapshots', async () => {
    await on('server2', 'mkdir /root/aside && mv /opt/zookeeper/zkdata/version-2/snapshot.* /root/aside');
    await refused(UPGRADE, [AGED, NEWER], /server2 has transaction logs, but no snapshot .* let it fetch everything from the leader/);
    await on('server2', 'mv /root/aside/* /opt/zookeeper/zkdata/version-2');
  });

  it('stops before a snapshot that was cut off, when there is no other', async () => {
    await on('server2', 'cd /opt/zookeeper/zkdata/version-2; mv snapshot.* /root/aside; : >snapshot.ff');
    await refused(UPGRADE, [AGED, NEWER], /server2 has transaction logs, but no whole snapshot/);
    await on('server2', 'cd /opt/zookeeper/zkdata/version-2; rm snapshot.ff; mv /root/aside/* .');
  });

  it('takes a server that has fetched everything anew, as it advises', async () => {
    await on('server2', 'rm /opt/zookeeper/zkdata/version-2/snapshot.*');
    const advised = adviceIn(failuresOf(await lab.run('check', { playbook: UPGRADE, extraVars: [AGED, NEWER] })).join());
    await on('server2', `mkdir /root/old-data && ${advised}`);
    await until(async () => (await snapshotsOf('server2')) > 0);
    assert.deepEqual(failuresOf(await lab.run('check', { playbook: UPGRADE, extraVars: [AGED, NEWER] })), []);
  });

  it('does not begin while a server is down', async () => {
    await on('server2', 'systemctl stop zookeeper');
    await refused(
      UPGRADE,
      [AGED, NEWER],
      /server2 does not answer on 12181: zookeeper\.service is inactive; an upgrade begins with a quorum/,
    );
    const run = await lab.run('run', { extraVars: [AGED] });
    assert.deepEqual(run.changes, ['server2 | the ensemble runs | running | true']);
  });

  it('goes as foretold, the leader last, and no acknowledged write is lost', async () => {
    const options = { playbook: UPGRADE, extraVars: [AGED, NEWER] };
    const last = await leader();
    const check = await lab.run('check', options);
    assert.deepEqual(failuresOf(check), []);
    const writer = await startWriter(lab.state, 'server1', servers());
    await writer.more(5);
    const run = await lab.run('run', { ...options, prove: true });
    await writer.more(5);
    const { acknowledged, lost } = await writer.stop();
    assert.deepEqual(failuresOf(run), []);
    assert.equal(run.exitCode, 0);
    assert.deepEqual(run.changes, check.changes);
    assert.deepEqual(restarts(run), restarts(check));
    assert.equal(restarts(run).length, 3);
    assert.equal(restarts(run)[2], last);
    assert.ok(acknowledged >= 10, `only ${acknowledged} writes were acknowledged`);
    assert.deepEqual(lost, []);
    const said = (kind: LabRun): readonly (string | undefined)[] =>
      kind.results.filter(result => result.task.module === 'zookeeper.upgrade').map(result => result.message);
    assert.deepEqual(said(run), said(check));
    assert.match(proofOf(check), /leads, .* follow, epoch \d+, version 3\.9\.3$/);
    assert.match(proofOf(run), /leads, .* follow, epoch \d+, version 3\.9\.3$/);
    for (const host of names()) assert.match(await ask(host, 'srvr'), /^Zookeeper version: 3\.9\.3-/);
  });

  it('changes nothing the second time, by either playbook', async () => {
    for (const playbook of [UPGRADE, PLAYBOOK]) {
      const run = await lab.run('run', { playbook, extraVars: [AGED, NEWER], prove: true });
      assert.deepEqual(failuresOf(run), []);
      assert.deepEqual(run.changes, []);
    }
    assert.deepEqual(failuresOf(await lab.run('verify', { extraVars: [AGED, NEWER] })), []);
  });

  it('has no way back', async () => {
    for (const playbook of [PLAYBOOK, UPGRADE])
      await refused(playbook, [AGED], /server1, server2 and server3 run 3\.9\.3 and the inventory wants 3\.4\.14: there is no way back/);
  });
});

/** What a person would type after the words of a refusal. */
function adviceIn(words: string): string {
  const [, stop, data, logs, start] = /: (systemctl stop \S+), move (\S+) and (\S+) aside, (systemctl start [\w.]+)/.exec(words) ?? [];
  assert.ok(stop && data && logs && start, words);
  return `${stop} && mv ${data} /root/old-data/data && mv ${logs} /root/old-data/logs && ${start}`;
}

function restarts(run: LabRun): readonly string[] {
  return run.events.flatMap(event => (event.kind === 'change' && event.change.attribute === 'started with' ? [event.host] : []));
}

function proofOf(run: LabRun): string {
  return run.results.find(result => result.task.module === 'zookeeper.quorum')?.message ?? '';
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) if (await holds()) return;
  throw new Error('it did not come about within a minute');
}
