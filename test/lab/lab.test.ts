// The lab on the real machine: what it promises to those who run playbooks against it.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { processesOf } from '../../src/lab/cgroup.ts';
import { labDown } from '../../src/lab/down.ts';
import { labExec } from '../../src/lab/exec.ts';
import { startOf } from '../../src/lab/process-identity.ts';
import { labDirectory, labId, labsDir } from '../../src/lab/paths.ts';
import { poll } from '../../src/lab/poll.ts';
import { labPowerOff } from '../../src/lab/power-off.ts';
import { labSshArgs } from '../../src/lab/ssh-args.ts';
import { labStatus } from '../../src/lab/status.ts';
import type { LabSpec, LabState } from '../../src/lab/types.ts';
import { labUp } from '../../src/lab/up.ts';
import { freeSubnet } from './support/free-subnet.ts';
import { needLab } from './support/lab-inventory.ts';
import { tracesOf } from './support/traces.ts';

const execute = promisify(execFile);

describe('lab', function () {
  this.timeout(240_000);
  const lines: string[] = [];
  const events = (line: string) => void lines.push(line);
  const [one, two] = [labId(`/test/${process.pid}/one`), labId(`/test/${process.pid}/two`)];
  const forwarding = () => readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8');
  const others = () => readdirSync(labsDir()).filter(id => id !== one && id !== two);
  let forwardingBefore = '';
  let spec: LabSpec;
  let lab: LabState;

  const login = async (state: LabState, host: string, command: string) => {
    const [file, ...args] = [...labSshArgs(state, host), command];
    return (await execute(file, args)).stdout.trim();
  };
  const identities = (state: LabState) => state.hosts.map(host => `${host.name} ${host.pid} ${host.start} ${host.ready}`);

  before(async function () {
    await needLab(this);
    forwardingBefore = forwarding();
    using net = await freeSubnet();
    const hosts = [
      { name: 'n1', address: `${net.start}.128` },
      { name: 'n2', address: `${net.start}.1` },
    ];
    spec = { id: one, user: 'lab', label: 'test one', hosts };
    lab = await labUp(spec, events);
  });

  after(async () => {
    if (forwardingBefore === '') return;
    await labDown(one, events);
    await labDown(two, events);
  });

  it('builds hosts that are ready and stand on the addresses of the spec', () => {
    assert.deepEqual(
      lab.hosts.map(host => [host.name, host.ready]),
      [
        ['n1', true],
        ['n2', true],
      ],
    );
    assert.deepEqual(
      lab.networks.map(network => network.gateway.split('.')[3]),
      ['254'],
      'the gateway takes no address of a host',
    );
  });

  it('lets the user log in with the system client, strictly checked, and become root without a password', async () => {
    assert.equal(await login(lab, 'n1', 'id -un; sudo -n id -u; hostname'), 'lab\n0\nn1');
    assert.equal(await login(lab, 'n2', 'sudo -n true 2>&1'), '', 'sudo can resolve its own host');
  });

  it('has systemd running without a failed unit, and no python', async () => {
    for (const host of lab.hosts) {
      assert.equal(
        await login(lab, host.name, 'systemctl is-system-running; systemctl --failed --no-legend; cat /proc/1/comm'),
        'running\nsystemd',
      );
      assert.equal((await labExec(lab, host.name, ['sh', '-c', 'ls /usr/bin/python* 2>/dev/null'])).stdout, '');
    }
  });

  it('maps no host name to a loopback address', async () => {
    const hosts = (await labExec(lab, 'n1', ['cat', '/etc/hosts'])).stdout;
    assert.match(hosts, /^127\.0\.0\.1 localhost$/m);
    assert.doesNotMatch(hosts, /^127.*n1/m);
  });

  it('lets hosts reach each other and install packages', async () => {
    const other = lab.hosts[1]?.address ?? '';
    assert.equal((await labExec(lab, 'n1', ['ping', '-c', '1', '-W', '2', other])).status, 0);
    const installed = await labExec(lab, 'n1', ['apt-get', 'install', '-qy', 'tree'], {});
    assert.equal(installed.status, 0, installed.stderr);
    assert.equal((await labExec(lab, 'n1', ['apt-get', 'update', '-q'])).status, 0);
  });

  it('shows in the upper directory what changed on the host and nothing of the lab', async () => {
    const upper = lab.hosts[1]?.upper ?? '';
    await labExec(lab, 'n2', ['sh', '-c', 'echo hello > /etc/marker']);
    assert.equal(readFileSync(`${upper}/etc/marker`, 'utf8'), 'hello\n');
    assert.deepEqual(
      readdirSync(`${upper}/etc`).filter(file => ['hosts', 'passwd', 'ssh', 'resolv.conf'].includes(file)),
      [],
    );
  });

  it('answers fifty logins, the slowest within two seconds', async () => {
    let slowest = 0;
    for (let count = 0; count < 50; count += 1) {
      const started = performance.now();
      await login(lab, 'n1', 'true');
      slowest = Math.max(slowest, performance.now() - started);
    }
    assert.ok(slowest < 2000, `the slowest of fifty logins took ${Math.round(slowest)} ms`);
  });

  it('changes nothing when it is up already, for two at once too', async () => {
    lines.length = 0;
    const again = await Promise.all([labUp(spec, events), labUp(spec, events)]);
    for (const state of again) assert.deepEqual(identities(state), identities(lab));
    assert.deepEqual(
      lines.filter(line => !line.startsWith('waiting')),
      [],
    );
  });

  it('repairs a host whose processes were ended, and its disk is as it was', async () => {
    const victim = lab.hosts[1]?.pid ?? 0;
    await labPowerOff(lab, 'n2');
    assert.equal(await startOf(victim), undefined);
    assert.deepEqual(
      (await labStatus(one))?.hosts.map(host => host.ready),
      [true, false],
    );
    await assert.rejects(labExec(lab, 'n2', ['true']), /host n2 of the lab is off, run tsplay lab up/);
    const repaired = await labUp(spec, events);
    assert.equal(identities(repaired)[0], identities(lab)[0], 'the other host was left alone');
    assert.equal((await labExec(repaired, 'n2', ['cat', '/etc/marker'])).stdout, 'hello\n');
    lab = repaired;
  });

  it('comes back by itself when a host reboots', async () => {
    const old = lab.hosts[1]?.start;
    await labExec(lab, 'n2', ['systemctl', 'reboot']);
    const look = async () => (await labStatus(one))?.hosts.find(host => host.name === 'n2' && host.ready && host.start !== old);
    await poll(look, () => 'n2 did not come back', { deadline: 30_000 });
    lab = await labUp(spec, events);
    assert.equal(await login(lab, 'n2', 'cat /etc/marker'), 'hello');
  });

  it('repairs its network', async () => {
    await execute('ip', ['link', 'delete', 'dev', lab.networks[0]?.bridge ?? '']);
    await execute('nft', ['delete', 'table', 'ip', `tsplay_${one}`]);
    const repaired = await labUp(spec, events);
    assert.deepEqual(identities(repaired), identities(lab), 'no host was switched off for it');
  });

  it('refuses addresses in use and names who uses them, and takes them in a namespace of its own', async () => {
    const twin: LabSpec = { ...spec, id: two, label: 'test two' };
    await assert.rejects(labUp(twin, events), /is in use by lab test one, take that one down/);
    await assert.rejects(labUp({ ...twin, hosts: [{ name: 'x', address: '127.0.0.2' }] }, events), /is in use by lo of this machine/);
    const inside = await labUp(twin, events, { netns: true });
    assert.equal(await login(inside, 'n1', 'hostname; cat /etc/marker 2> /dev/null || echo none'), 'n1\nnone');
    assert.equal(await login(lab, 'n2', 'cat /etc/marker'), 'hello', 'the first lab still answers on the same address');
    assert.equal((await labExec(inside, 'n1', ['apt-get', 'update', '-q'])).status, 0);
    await labDown(two, events);
    assert.deepEqual(tracesOf(two, labDirectory(two)), []);
  });

  it('stands beside another lab, adds hosts to it, and builds those anew whose address changed', async () => {
    using net = await freeSubnet();
    const small: LabSpec = { id: two, user: 'root', hosts: [{ name: 'a', address: `${net.start}.11` }] };
    const first = await labUp(small, events);
    assert.equal(await login(first, 'a', 'id -u'), '0');
    const more = await labUp({ ...small, hosts: [{ name: 'b', address: `${net.start}.12` }] }, events);
    assert.deepEqual(
      more.hosts.map(host => [host.name, host.ready]),
      [
        ['a', true],
        ['b', true],
      ],
    );
    assert.equal(identities(more)[0], identities(first)[0]);
    const moved = await labUp({ ...small, hosts: [{ name: 'b', address: `${net.start}.13` }] }, events);
    assert.equal(await login(moved, 'b', 'ip -br address show host0').then(line => line.includes(`${net.start}.13/24`)), true);
    assert.equal(await login(lab, 'n1', 'hostname'), 'n1');
  });

  it('is repaired after the builder was killed, and taken down after it was killed again', async () => {
    await labDown(two, events);
    using net = await freeSubnet();
    const small: LabSpec = {
      id: two,
      user: 'lab',
      hosts: [1, 2].map(number => ({ name: `k${number}`, address: `${net.start}.2${number}` })),
    };
    await killWhileBuilding(small);
    const repaired = await labUp(small, events);
    assert.deepEqual(
      repaired.hosts.map(host => host.ready),
      [true, true],
    );
    await labDown(two, events);
    await killWhileBuilding(small);
    assert.notDeepEqual(tracesOf(two, labDirectory(two)), []);
    await labDown(two, events);
    assert.deepEqual(tracesOf(two, labDirectory(two)), []);
  });

  it('leaves nothing behind', async () => {
    const traces = tracesOf(one, labDirectory(one)).map(line => line.split(' ')[0]);
    assert.deepEqual(
      [...new Set(traces)].sort(),
      ['group', 'link', 'path', 'process', 'route', 'rules'],
      'the traces are seen while it is up',
    );
    await labDown(one, events);
    assert.deepEqual(tracesOf(one, labDirectory(one)), []);
    assert.equal(await labStatus(one), undefined);
    if (others().length === 0) assert.equal(forwarding(), forwardingBefore, 'forwarding is as it was');
    await labDown(one, events);
  });

  /** Builds in a process of its own and kills it as soon as the first host has a process. */
  async function killWhileBuilding(small: LabSpec): Promise<void> {
    const code = `const { labUp } = await import(process.argv[1]); await labUp(JSON.parse(process.argv[2]), () => undefined);`;
    const module = new URL('../../src/lab/up.js', import.meta.url).href;
    const builder = spawn(process.execPath, ['--input-type=module', '-e', code, module, JSON.stringify(small)], { stdio: 'ignore' });
    const ended = new Promise(fulfil => builder.on('close', fulfil));
    const started = async () => ((await processesOf(small.id)).length > 0 ? true : undefined);
    await poll(started, () => 'the builder started no host', { deadline: 60_000, every: 1 });
    builder.kill('SIGKILL');
    await ended;
  }
});
