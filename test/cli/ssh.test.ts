// Whole runs over SSH: what a converged run costs, hosts that are not who they should be, hosts that go away.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { newKey, privateKeyOfType } from '../session/support/keys.ts';
import { eventsOf, finishOf, ofKind, statuses } from './support/events.ts';
import { startHosts, type Hosts } from './support/hosts.ts';
import { Project } from './support/project.ts';
import { until } from '../support/until.ts';

const NAMES = ['n1', 'n2', 'n3'] as const;
const ONE_TASK = '- hosts: all\n  tasks:\n    - {name: look, debug: {msg: "{{ facts.user.name }}"}}\n';

describe('cli: over SSH', () => {
  let hosts: Hosts<(typeof NAMES)[number]>;
  beforeEach(async () => (hosts = await startHosts(...NAMES)));
  afterEach(() => hosts[Symbol.asyncDispose]());

  it('costs at most one round trip a task and host when there is nothing to do, beside connecting', async () => {
    using project = new Project({
      'hosts.yml': hosts.inventory(),
      'play.yml': `- hosts: all\n  tasks:\n${[...Array(10).keys()]
        .map(index => `    - file.directory: {path: "{{ where }}/{{ inventory_hostname }}-${index}", mode: "0755"}\n`)
        .join('')}`,
    });
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, '--output', 'json'];
    const first = finishOf(eventsOf((await project.run(...args)).stdout));
    assert.equal(first.exitCode, 0);
    assert.deepEqual(
      first.recap.map(row => [row.host, row.changed]),
      NAMES.map(name => [name, 10]),
    );
    const second = finishOf(eventsOf((await project.run(...args)).stdout));
    assert.deepEqual(
      second.recap.map(row => [row.host, row.ok, row.changed]),
      NAMES.map(name => [name, 10, 0]),
    );
    const { roundTrips, connects, uploads } = second.wire;
    assert.ok(roundTrips <= 10 * NAMES.length, `${roundTrips} round trips for 10 tasks on ${NAMES.length} hosts`);
    assert.deepEqual([connects, uploads], [NAMES.length, 0]);
    for (const name of NAMES) {
      assert.equal(hosts.servers[name].logins, 2, 'one login a run');
      assert.equal(hosts.servers[name].commandLines.length, 2, 'one shell a run');
    }
  });

  it('reads the facts of one task in one frame, and those that are known not again', async () => {
    using project = new Project({
      'hosts.yml': hosts.inventory(),
      'play.yml': [
        '- hosts: n1',
        '  tasks:',
        '    - debug: {msg: "{{ facts.os.family }} {{ facts.memory.total }} {{ facts.cpu.count }} {{ facts.net.hostname }}"}',
        '    - debug: {msg: "{{ facts.cpu.count }}"}',
        '      when: facts.os.family != "" && facts.memory.total > 0',
        '',
      ].join('\n'),
    });
    const { code, stdout, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml', '--output', 'json');
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(finishOf(eventsOf(stdout)).wire, { roundTrips: 1, uploads: 0, connects: 1 });
  });

  it('refuses a host key that is not known, with its fingerprint and what to do; the others go on', async () => {
    using project = new Project({ 'play.yml': ONE_TASK, known_hosts: '', '.ssh/config': 'HashKnownHosts no\n' });
    chmodSync(project.path('.ssh/config'), 0o600);
    project.write({ 'hosts.yml': hosts.inventory({ n2: { ssh_known_hosts: project.path('known_hosts') } }) });
    const { code, stdout, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    const { port, hostKey } = hosts.servers.n2;
    assert.deepEqual([code, stderr], [4, '']);
    const [line] = stdout.split('\n').filter(text => text.includes('[n2]'));
    assert.match(
      line ?? '',
      new RegExp(
        `^  unreachable: \\[n2\\] the host key of n2 \\(127\\.0\\.0\\.1 port ${port}\\) is not known: ssh-ed25519 SHA256:[A-Za-z0-9+/]{43}, ` +
          'compare it with "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key\\.pub" on its console, then: (tsplay hosts trust -i hosts\\.yml n2)$',
      ),
    );
    assert.match(stdout, /^ {2}n1 : ok=1 .*\n {2}n2 : ok=0 .* unreachable=1\n {2}n3 : ok=1 /m);
    assert.equal(hosts.servers.n2.logins, 0, 'nobody logs in to a host that is not known');
    assert.equal(project.read('known_hosts'), '');
    const trusted = await project.run('hosts', 'trust', '-i', 'hosts.yml', 'n2', '--yes');
    assert.equal(trusted.code, 0, trusted.stdout + trusted.stderr);
    assert.equal(project.read('known_hosts'), `[127.0.0.1]:${port} ${hostKey}\n`);
    assert.equal((await project.run('run', 'play.yml', '-i', 'hosts.yml')).code, 0, 'the command that was named is the command that helps');
  });

  it('names the keys that a host refused', async () => {
    using project = new Project({ 'play.yml': ONE_TASK, wrong: newKey().private });
    chmodSync(project.path('wrong'), 0o600);
    project.write({ 'hosts.yml': hosts.inventory({ n3: { ssh_key: project.path('wrong') } }) });
    const { code, stdout, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.deepEqual([code, stderr], [4, '']);
    assert.ok(
      stdout.includes(
        `  unreachable: [n3] n3 (127.0.0.1 port ${hosts.servers.n3.port}) refused the login of tester, tried ${project.path('wrong')}, ` +
          'add the public key to ~tester/.ssh/authorized_keys there\n',
      ),
    );
  });

  it('names the variable to set when there is no key', async () => {
    using project = new Project({ 'play.yml': ONE_TASK });
    project.write({ 'hosts.yml': hosts.inventory({ n1: { ssh_key: '/nonexistent/key' } }) });
    const { code, stdout } = await project.run('run', 'play.yml', '-i', 'hosts.yml', '-l', 'n1');
    assert.equal(code, 4);
    assert.match(stdout, /looked for \/nonexistent\/key, set ssh_key, start an agent, or give -k$/m);
  });

  it('says once that a host was lost in the middle, and finishes the others', async () => {
    using project = new Project({
      'hosts.yml': hosts.inventory(),
      'play.yml': [
        '- hosts: all',
        '  tasks:',
        `    - {name: held, command: {cmd: ${JSON.stringify("sh -c ': > {{ where }}/{{ inventory_hostname }}.begun; until [ -e {{ where }}/go ]; do sleep 0.05; done'")}}}`,
        '    - {name: afterwards, file.copy: {dest: "{{ where }}/{{ inventory_hostname }}.after", content: x}}',
        '',
      ].join('\n'),
    });
    const running = project.start('run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, '--output', 'json');
    await until('all have begun', () => NAMES.every(name => project.has(`${name}.begun`)));
    hosts.servers.n2.drop();
    await until('the loss is told', () => running.stdout().includes('"host-lost"'));
    project.write({ go: '' });
    const { code, stdout, stderr } = await running.ended;
    assert.deepEqual([code, stderr], [4, '']);
    const events = eventsOf(stdout);
    assert.deepEqual(
      ofKind(events, 'host-lost').map(({ host, message }) => [host, message]),
      [['n2', 'n2: the connection was lost while a frame was under way']],
    );
    assert.deepEqual([...statuses(events)].sort(), [
      'n1 afterwards: changed',
      'n1 held: changed',
      'n2 held: unreachable',
      'n3 afterwards: changed',
      'n3 held: changed',
    ]);
    assert.equal(project.has('n2.after'), false);
  });

  it('shows the words of a talkative login shell nowhere', async () => {
    using project = new Project({ 'hosts.yml': hosts.inventory(), 'play.yml': ONE_TASK });
    for (const name of NAMES) hosts.servers[name].faults.noise = 'Welcome! You have new mail.\n';
    const { code, stdout, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml', '-vv');
    assert.deepEqual([code, stderr], [0, '']);
    assert.doesNotMatch(stdout, /Welcome/);
  });

  it('accepts a new key where that was chosen, once', async () => {
    using project = new Project({ 'play.yml': ONE_TASK, '.ssh/config': 'HashKnownHosts no\n' });
    chmodSync(project.path('.ssh/config'), 0o600);
    const known = project.path('known');
    writeFileSync(known, '');
    project.write({ 'hosts.yml': hosts.inventory({ n1: { ssh_known_hosts: known, ssh_host_key: 'accept-new' } }) });
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-l', 'n1'];
    assert.equal((await project.run(...args)).code, 0);
    assert.equal((await project.run(...args)).code, 0);
    assert.equal(project.read('known'), `[127.0.0.1]:${hosts.servers.n1.port} ${hosts.servers.n1.hostKey}\n`);
  });

  it('goes the way that the configuration of ssh describes, through two others', async () => {
    const section = (name: (typeof NAMES)[number], more = ''): string => {
      const { port, keyFile, knownHosts } = hosts.servers[name];
      return `Host ${name}\n  HostName 127.0.0.1\n  Port ${port}\n  User tester\n  IdentityFile ${keyFile}\n  UserKnownHostsFile ${knownHosts}\n${more}`;
    };
    using project = new Project({ 'hosts.yml': 'all: {hosts: {n3: }}\n', 'play.yml': ONE_TASK });
    project.write({ '.ssh/config': `${section('n1')}${section('n2')}${section('n3', '  ProxyJump n1,n2\n')}` });
    chmodSync(project.path('.ssh/config'), 0o600);
    const { code, stdout, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.equal(code, 0, stdout + stderr);
    const { n1, n2, n3 } = hosts.servers;
    assert.deepEqual([n1.forwards, n2.forwards, n3.logins], [[n2.port], [n3.port], 1]);
    // What the inventory says counts more.
    const direct = await project.run('run', 'play.yml', '-i', 'hosts.yml', '-e', 'ssh_jump=none');
    assert.equal(direct.code, 0, direct.stdout + direct.stderr);
    assert.deepEqual([n1.logins, n2.logins, n3.logins], [1, 1, 2]);
    project.write({ 'hosts.yml': 'all: {hosts: {n3: {ssh_jump: "n1 n2"}}}\n' });
    const refused = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.equal(refused.code, 5);
    assert.match(
      refused.stderr,
      /^hosts\.yml:1:31 {2}ssh_jump of host n3 is no list of hosts, write each as \[USER@\]NAME\[:PORT\]: n1 n2$/m,
    );
  });

  /** n1 through a program that leads there. */
  function throughProgram(changes: Readonly<Record<string, string>> = {}): Project {
    const { n1 } = hosts.servers;
    const proxy = "process.stdin.pipe(require('net').connect(process.argv[2], '127.0.0.1')).pipe(process.stdout);";
    const project = new Project({ 'proxy.cjs': proxy, 'play.yml': ONE_TASK });
    const login = { ssh_user: 'tester', ssh_key: n1.keyFile, ssh_known_hosts: project.path('known'), ...changes };
    const known = `[real.invalid]:${n1.port} ${n1.hostKey}\n`;
    project.write({ known, 'hosts.yml': JSON.stringify({ all: { hosts: { n1: login } } }) });
    const command = `${process.execPath} ${project.path('proxy.cjs')} %p`;
    project.write({ '.ssh/config': `Host n1\n  HostName real.invalid\n  Port ${n1.port}\n  ProxyCommand ${command}\n` });
    chmodSync(project.path('.ssh/config'), 0o600);
    return project;
  }

  it('goes a way that only a program knows, by the client of OpenSSH, and says so', async () => {
    using project = throughProgram();
    const { code, stdout, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.deepEqual([code, stderr], [0, ''], stdout);
    assert.ok(stdout.includes(`  note: n1 by the client of OpenSSH: ProxyCommand at ${project.path('.ssh/config')}:4\n`), stdout);
    assert.equal(hosts.servers.n1.logins, 1);
  });

  it('says what to do where that client is not wanted, or not there, before anything connects', async () => {
    using project = throughProgram({ connection: 'ssh2' });
    const unwanted = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.equal(unwanted.code, 5);
    assert.match(
      unwanted.stderr,
      /host n1 is reached through a program \(ProxyCommand .*\/\.ssh\/config:4\), which ssh2 cannot do, leave out connection: ssh2, write it as ProxyJump/,
    );
    using without = throughProgram({ connection: 'openssh' });
    const missing = await without.runOn('/nonexistent', 'run', 'play.yml', '-i', 'hosts.yml');
    assert.equal(missing.code, 5);
    assert.match(
      missing.stderr,
      /host n1 is reached by the client of OpenSSH \(connection: openssh\), and there is no program ssh here, install openssh-client/,
    );
    assert.equal(hosts.servers.n1.logins, 0);
  });

  it('takes that client for a key on a token, where there is no other', async () => {
    using project = new Project({ 'play.yml': ONE_TASK, '.ssh/id_ed25519_sk': privateKeyOfType('sk-ssh-ed25519@openssh.com') });
    project.write({ 'hosts.yml': 'all: {hosts: {n1: }}\n' });
    const { code, stderr } = await project.runOn('/nonexistent', 'run', 'play.yml', '-i', 'hosts.yml');
    assert.equal(code, 5);
    assert.ok(stderr.includes(`(the FIDO key ${project.path('.ssh/id_ed25519_sk')}), and there is no program ssh here`), stderr);
  });

  it('goes through a host that only that client reaches, and on by itself', async () => {
    using project = throughProgram();
    const { n1, n3 } = hosts.servers;
    const config = project.read('.ssh/config').replace('Host n1\n', `Host n1\n  User tester\n  IdentityFile ${n1.keyFile}\n`);
    const files = `  UserKnownHostsFile ${project.path('known')} ${n3.knownHosts}\n`;
    const last = `Host n3\n  HostName 127.0.0.1\n  Port ${n3.port}\n  User tester\n  IdentityFile ${n3.keyFile}\n  ProxyJump n1\n`;
    project.write({ '.ssh/config': `${config}Host *\n${files}${last}`, 'hosts.yml': 'all: {hosts: {n3: }}\n' });
    chmodSync(project.path('.ssh/config'), 0o600);
    const { code, stdout, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.deepEqual([code, stderr], [0, ''], stdout);
    assert.deepEqual([n1.logins, n1.forwards, n3.logins], [1, [n3.port], 1]);
  });

  it('names the hosts where old algorithms are let in', async () => {
    const old = { legacy_algorithms: true };
    using project = new Project({ 'hosts.yml': hosts.inventory({ n1: old, n2: old }), 'play.yml': ONE_TASK });
    const { code, stdout } = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.equal(code, 0, stdout);
    assert.match(
      stdout,
      /^ {2}warning: n1 and n2: old algorithms are let in \(legacy_algorithms\), which others can break: update the sshd there$/m,
    );
  });
});
