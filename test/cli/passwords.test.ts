// Passwords from inventories, files and the terminal: given to hosts, and shown nowhere.
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { PASSWORD } from '../session/support/host-shells.ts';
import { startHostsWith, type Hosts } from './support/hosts.ts';
import { Project } from './support/project.ts';
import { atTerminal } from './support/terminal.ts';

const PLAY = '- hosts: all\n  become: true\n  tasks:\n    - {name: tell, command: {argv: [cat], stdin: "{{ word }}", touches: []}}\n';

describe('cli: passwords', function () {
  this.timeout(30_000);
  let hosts: Hosts<'n1' | 'n2'>;
  let project: Project;
  beforeEach(async () => {
    hosts = await startHostsWith({ methods: ['password'], sudo: 'asks' }, 'n1', 'n2');
    project = new Project({ 'play.yml': PLAY, 'hosts.yml': hosts.inventory() });
  });
  afterEach(async () => {
    project[Symbol.dispose]();
    await hosts[Symbol.asyncDispose]();
  });
  const run = ['run', 'play.yml', '-i', 'hosts.yml', '-e', 'word=hello'];

  it('of a host come from its variables, under the names of Ansible too, and are masked', async () => {
    const own = { ssh_password: PASSWORD, ansible_become_pass: PASSWORD, word: '{{ ssh_password }} {{ become_password }}' };
    project.write({ 'hosts.yml': hosts.inventory({ n1: own, n2: own }) });
    for (const args of [['-vv'], ['-vv', '--output', 'json'], ['--check', '--diff', '-vv']]) {
      const { code, stdout, stderr } = await project.run(...run.slice(0, 4), ...args);
      assert.equal(code, 0, stdout + stderr);
      assert.doesNotMatch(stdout + stderr, /sesame/);
    }
    // The check has nothing to ask of a host.
    assert.deepEqual(hosts.servers.n1.passwords, [PASSWORD, PASSWORD]);
  });

  it('come from files for the hosts that have none', async () => {
    project.write({ 'hosts.yml': hosts.inventory({ n1: { ssh_password: 'own' } }), login: `${PASSWORD}\n`, sudo: `${PASSWORD}\nmore\n` });
    const files = ['--connection-password-file', 'login', '--become-password-file', 'sudo'];
    const { code, stdout } = await project.run(...run, ...files);
    assert.equal(code, 4);
    assert.match(
      stdout,
      /n1 \(.*\) refused the login of tester, tried .*id_ed25519, the password, check the password, which was tried once/,
    );
    assert.match(stdout, /n2 +: ok=0 +changed=1/);
    assert.deepEqual([hosts.servers.n1.passwords, hosts.servers.n2.passwords], [['own'], [PASSWORD]]);
    project.write({ login: '\n' });
    const refused = await project.run(...run, ...files);
    assert.deepEqual([refused.code, refused.stderr], [5, 'login is empty, write the login password into its first line\n']);
    chmodSync(project.path('sudo'), 0o755);
    assert.match(
      (await project.run(...run, '--become-password-file', 'sudo')).stderr,
      /sudo is a program, and password programs are not run/,
    );
  });

  it('are asked for on a terminal, and not shown', async () => {
    const { code, shown } = await atTerminal(
      project,
      [...run, '-k', '--ask-become-pass'],
      [`${PASSWORD}\r`, `wrong\x15${PASSWORD}x\x7f\r`],
    );
    assert.equal(code, 0, shown);
    assert.match(shown, /^login password: \r?\nbecome password: \r?\n/);
    assert.doesNotMatch(shown, /sesame|wrong/);
    const interrupted = await atTerminal(project, [...run, '-k'], ['\x03']);
    assert.equal(interrupted.code, 130, interrupted.shown);
    assert.match(interrupted.shown, /interrupted, nothing was touched/);
  });

  it('are not waited for where there is no terminal, nor asked for when the playbook is wrong', async () => {
    const { code, stderr } = await project.run(...run, '-K');
    assert.equal(code, 5);
    assert.equal(stderr, 'there is no terminal to ask for the become password on, name a file that holds it with --become-password-file\n');
    project.write({ 'play.yml': '- hosts: all\n  task: []\n' });
    assert.match((await project.run(...run, '-K')).stderr, /play\.yml:2:3 /);
    assert.equal(hosts.servers.n1.logins, 0);
  });
});
