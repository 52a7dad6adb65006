// Encrypted keys on a terminal: the passphrase is asked for once, before the run, and shown nowhere.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startHostsWith, type Hosts } from './support/hosts.ts';
import { Project } from './support/project.ts';
import { atTerminal } from './support/terminal.ts';

const PLAY = '- hosts: all\n  tasks:\n    - {name: look, debug: {msg: "{{ facts.user.name }}"}}\n';
const PASSPHRASE = 'open sesame';

describe('cli: passphrases', function () {
  this.timeout(60_000);
  let hosts: Hosts<'n1' | 'n2'>;
  let project: Project;
  let key = '';
  beforeEach(async () => {
    project = new Project({ 'play.yml': PLAY, 'second.yml': PLAY });
    key = project.path('key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', PASSPHRASE, '-f', key]);
    const blob = Buffer.from(readFileSync(`${key}.pub`, 'utf8').split(' ')[1] ?? '', 'base64');
    hosts = await startHostsWith({ accepts: [blob] }, 'n1', 'n2');
    project.write({ 'hosts.yml': hosts.inventory({ n1: { ssh_key: key }, n2: { ssh_key: key } }) });
  });
  afterEach(async () => {
    project[Symbol.dispose]();
    await hosts[Symbol.asyncDispose]();
  });
  const run = ['run', 'play.yml', 'second.yml', '-i', 'hosts.yml', '--output', 'plain'];

  it('are asked for once a file and run, before anything else is shown', async () => {
    const { code, shown } = await atTerminal(project, run, [`${PASSPHRASE}\r`]);
    assert.equal(code, 0, shown);
    assert.equal(shown.match(/passphrase of/g)?.length, 1, shown);
    assert.ok(shown.startsWith(`passphrase of ${key} (empty: do without it): `), shown);
    assert.doesNotMatch(shown, /sesame/);
    assert.deepEqual([hosts.servers.n1.logins, hosts.servers.n2.logins], [2, 2]);
  });

  it('may be wrong once', async () => {
    const right = await atTerminal(project, run, ['guess\r', `${PASSPHRASE}\r`]);
    assert.equal(right.code, 0, right.shown);
    assert.ok(right.shown.includes(`that does not open ${key}, try once more`));
    const wrong = await atTerminal(project, run, ['guess\r', 'guess again\r']);
    assert.equal(wrong.code, 5, wrong.shown);
    assert.ok(wrong.shown.includes(`the passphrase of ${key} is wrong, run it again, or load the key with "ssh-add ${key}"`));
    assert.doesNotMatch(wrong.shown, /guess/);
    assert.equal(hosts.servers.n1.logins, 2, 'nothing has connected');
  });

  it('are not waited for where there is no terminal, and can be left out', async () => {
    const words = `${key} is encrypted, load it with "ssh-add ${key}"`;
    const { code, stdout } = await project.run(...run);
    assert.equal(code, 4);
    assert.ok(stdout.includes(words), stdout);
    const left = await atTerminal(project, run, ['\r']);
    assert.equal(left.code, 4, left.shown);
    assert.ok(left.shown.includes(words), left.shown);
    assert.equal(hosts.servers.n1.logins, 0);
  });
});
