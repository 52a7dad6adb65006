// `tsplay hosts trust`: what it shows, whom it asks, what it records and what never.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { fingerprint } from '../../src/session/host-keys/host-key.ts';
import { newKey, newKeyOf } from '../session/support/keys.ts';
import { startHostsWith, type Hosts } from './support/hosts.ts';
import { Project } from './support/project.ts';
import { atTerminal } from './support/terminal.ts';

const ECDSA = newKeyOf('ecdsa');
const RSA = newKeyOf('rsa');
/** The configuration of Debian hashes them. */
const PLAIN_NAMES = 'HashKnownHosts no\n';

describe('cli: hosts trust', function () {
  this.timeout(60_000);
  let hosts: Hosts<'n1' | 'n2'>;
  let project: Project;
  beforeEach(async () => {
    hosts = await startHostsWith({ moreHostKeys: [ECDSA, RSA] }, 'n1', 'n2');
    project = new Project({ known_hosts: '', '.ssh/config': PLAIN_NAMES });
    chmodSync(project.path('.ssh/config'), 0o600);
    const known = { ssh_known_hosts: project.path('known_hosts') };
    project.write({ 'hosts.yml': hosts.inventory({ n1: known, n2: known }) });
  });
  afterEach(async () => {
    project[Symbol.dispose]();
    await hosts[Symbol.asyncDispose]();
  });

  type Name = keyof Hosts<'n1' | 'n2'>['servers'];
  const trust = ['hosts', 'trust', '-i', 'hosts.yml'];
  const here = (name: Name): string => `[127.0.0.1]:${hosts.servers[name].port}`;
  const linesOf = (name: Name): string => [hosts.servers[name].hostKey, ECDSA.line, RSA.line].map(key => `${here(name)} ${key}\n`).join('');
  const ed25519 = (name: Name): string => fingerprint(Buffer.from(hosts.servers[name].hostKey.split(' ')[1] ?? '', 'base64'));
  const shown = (name: Name, words: string): string =>
    `${name} (127.0.0.1 port ${hosts.servers[name].port})\n` +
    `  ssh-ed25519         ${ed25519(name)}  ${words}\n` +
    `  ecdsa-sha2-nistp256 ${fingerprint(ECDSA.blob)}  ${words}\n` +
    `  ssh-rsa             ${fingerprint(RSA.blob)}  ${words}\n`;

  it('shows every key, and records none where nobody can be asked', async () => {
    const { code, stdout, stderr } = await project.run(...trust, 'all');
    assert.equal(stdout, shown('n1', 'new') + shown('n2', 'new'));
    assert.equal(stderr, 'nothing was recorded: there is no terminal to ask on, compare the fingerprints and run it again with --yes\n');
    assert.deepEqual([code, project.read('known_hosts')], [5, '']);
    assert.equal(hosts.servers.n1.logins, 0);
  });

  it('records them with --yes, and knows them from then on', async () => {
    const { code, stdout } = await project.run(...trust, 'n1', '--yes');
    assert.equal(stdout, `${shown('n1', 'new')}recorded 3 keys of n1 in ${project.path('known_hosts')}\n`);
    assert.deepEqual([code, project.read('known_hosts')], [0, linesOf('n1')]);
    const again = await project.run(...trust, 'n1');
    assert.equal(again.code, 0);
    assert.match(again.stdout, /ssh-ed25519 +SHA256:\S+ {2}known: \S+known_hosts:1\n.* known: \S+:2\n.* known: \S+:3\n$/);
    assert.equal(project.read('known_hosts'), linesOf('n1'));
  });

  it('asks on a terminal, and takes no answer for a no', async () => {
    const no = await atTerminal(project, [...trust, 'n2'], ['\r']);
    assert.equal(no.code, 3, no.shown);
    assert.match(no.shown, /record 3 keys of n2 in \S+known_hosts, which you have compared .*\? \[y\/N\] \r?\nnothing was recorded/);
    assert.equal(project.read('known_hosts'), '');
    const yes = await atTerminal(project, [...trust, 'n2'], ['y\r']);
    assert.equal(yes.code, 0, yes.shown);
    assert.equal(project.read('known_hosts'), linesOf('n2'));
  });

  it('never records a host whose key has changed, and says how its line is removed', async () => {
    const other = newKey();
    project.write({ known_hosts: `${here('n1')} ${other.line}\n` });
    const { code, stdout } = await project.run(...trust, 'all', '--yes');
    assert.equal(code, 2);
    const file = project.path('known_hosts');
    assert.ok(
      stdout.includes(
        `ssh-ed25519         ${ed25519('n1')}  CHANGED: ${file}:1 has ssh-ed25519 ${fingerprint(other.blob)}; ` +
          `if the host was reinstalled remove that line with: ssh-keygen -R '${here('n1')}' -f ${file}\n`,
      ),
      stdout,
    );
    assert.equal(project.read('known_hosts'), `${here('n1')} ${other.line}\n${linesOf('n2')}`);
    execFileSync('ssh-keygen', ['-R', here('n1'), '-f', file], { stdio: 'ignore' });
    assert.equal((await project.run(...trust, 'n1', '--yes')).code, 0, 'the command that was named is the command that helps');
    assert.equal(project.read('known_hosts'), linesOf('n2') + linesOf('n1'));
  });

  it('adds the other types of a host that shows the one that is known', async () => {
    project.write({ known_hosts: `${here('n1')} ${RSA.line}\n` });
    const { code, stdout } = await project.run(...trust, 'n1', '--yes');
    assert.equal(code, 0);
    assert.match(stdout, /ssh-ed25519 .* new\n.*nistp256 .* new\n.*ssh-rsa .* known: .*:1\nrecorded 2 keys/);
    project.write({ known_hosts: `${here('n1')} ${newKeyOf('ecdsa').line}\n` });
    const changed = await project.run(...trust, 'n1', '--yes');
    assert.deepEqual([changed.code, changed.stdout.match(/CHANGED/g)?.length], [2, 3], changed.stdout);
  });

  it('writes names as the configuration of ssh says', async () => {
    project.write({ '.ssh/config': 'HashKnownHosts yes\nHost 127.0.0.1\n  HostKeyAlias Cluster\n' });
    assert.equal((await project.run(...trust, 'n1', '--yes')).code, 0);
    const lines = project.read('known_hosts').trimEnd().split('\n');
    assert.ok(lines.length === 3 && lines.every(line => line.startsWith('|1|')), lines.join('\n'));
    execFileSync('ssh-keygen', ['-F', 'cluster', '-f', project.path('known_hosts')]);
  });

  it('goes on when a host is not there', async () => {
    const known = { ssh_known_hosts: project.path('known_hosts') };
    project.write({ 'hosts.yml': hosts.inventory({ n1: { ...known, ssh_port: 1 }, n2: known }) });
    const { code, stdout } = await project.run(...trust, 'all', '--yes');
    assert.equal(code, 4);
    assert.match(stdout, /^cannot reach n1 \(127\.0\.0\.1 port 1\): connection refused, .*\nn2 /);
    assert.equal(project.read('known_hosts'), linesOf('n2'));
  });

  it('passes through hosts that are known, asks about those that are not first, and finds them by their names', async () => {
    const { n1, n2 } = hosts.servers;
    project.write({
      'hosts.yml': 'all: {hosts: {inner: }}\n',
      '.ssh/config':
        `${PLAIN_NAMES}UserKnownHostsFile ${project.path('known_hosts')}\nUser tester\nHostName 127.0.0.1\n` +
        `Host outer\n  Port ${n1.port}\n  IdentityFile ${n1.keyFile}\nHost inner\n  Port ${n2.port}\n  ProxyJump outer\n`,
    });
    const refused = await project.run(...trust, 'inner');
    assert.equal(refused.code, 4);
    assert.match(refused.stdout, /inner is reached through outer: the host key of outer .* then: tsplay hosts trust -i hosts\.yml outer\n/);
    assert.equal(n1.logins, 0);
    assert.equal((await project.run(...trust, 'outer', '--yes')).code, 0);
    assert.equal(project.read('known_hosts'), linesOf('n1'));
    project.write({ known_hosts: '' });
    const { code, stdout } = await project.run(...trust, 'inner', '--yes');
    assert.equal(code, 0, stdout);
    assert.match(
      stdout,
      /^outer [^]*recorded 3 keys of outer [^]*\ninner \(127\.0\.0\.1 port \d+, through outer\)\n[^]*recorded 3 keys of inner /,
    );
    assert.equal(project.read('known_hosts'), linesOf('n1') + linesOf('n2'));
    assert.deepEqual([n1.logins, n2.logins], [1, 0]);
    // Without an inventory it is a name as ssh knows it.
    assert.match((await project.run('hosts', 'trust', 'inner')).stdout, /^outer [^]* known: [^]*^inner [^]* known: /m);
  });

  it('names hosts that are not there, and how it is used', async () => {
    const { code, stderr } = await project.run(...trust, 'n9');
    assert.deepEqual([code, stderr.split('\n')[0]], [5, 'the pattern "n9" matches no host or group, did you mean "n1" (hosts.yml:1:19)?']);
    assert.match((await project.run('hosts', 'trst')).stderr, /tsplay hosts does not know "trst", did you mean "trust"\?/);
    assert.match((await project.run('hosts')).stdout, /^tsplay hosts: [^]*hosts trust PATTERN/);
  });
});
