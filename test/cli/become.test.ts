// How another user is become: by whose word, once or for each task, and what is refused before anything connects.
import assert from 'node:assert/strict';
import { skipBecause } from '../support/skip.ts';
import { until } from '../support/until.ts';
import { Accounts } from '../session/support/accounts.ts';
import { startHosts, startHostsWith, type Hosts } from './support/hosts.ts';
import { Project } from './support/project.ts';

const run = ['run', 'play.yml', '-i', 'hosts.yml'] as const;

describe('cli: become_method', function () {
  this.timeout(60_000);
  let hosts: Hosts<'n1'>;
  let project: Project;
  beforeEach(async () => {
    hosts = await startHosts('n1');
    project = new Project({ 'hosts.yml': hosts.inventory() });
  });
  afterEach(async () => {
    project[Symbol.dispose]();
    await hosts[Symbol.asyncDispose]();
  });
  const play = (keywords: string, task = ''): void =>
    project.write({
      'play.yml': `- hosts: all\n  become: true\n${keywords}  tasks:\n    - {name: one, command: {argv: [id], touches: []}${task}}\n`,
    });
  /** The method that the host was asked for; it has none. */
  const asked = async (...args: readonly string[]): Promise<string | undefined> => {
    const { code, stdout, stderr } = await project.run(...run, ...args);
    assert.equal(code, 4, stdout + stderr);
    return /(sudo|su|doas): not found, install \1 there/.exec(stdout)?.[1];
  };

  it('is named by a task, its play, the command line, and the inventory, in this order', async () => {
    project.write({ 'hosts.yml': hosts.inventory({ n1: { ansible_become_method: 'community.general.doas' } }) });
    play('');
    assert.equal(await asked(), 'doas');
    assert.equal(await asked('--become-method', 'sudo'), 'sudo');
    play('  become_method: ansible.builtin.su\n');
    assert.equal(await asked('--become-method', 'sudo'), 'su');
    play('  become_method: su\n', ', become_method: doas');
    assert.equal(await asked('--become-method', 'sudo'), 'doas');
  });

  it('is one of three, and one for each user of a host', async () => {
    const refused = async (message: RegExp, ...args: readonly string[]): Promise<void> => {
      const { code, stderr } = await project.run(...run, ...args);
      assert.equal(code, 5);
      assert.match(stderr, message);
    };
    play('  become_method: pbrun\n');
    await refused(/play\.yml:3:18 .*become_method.*sudo.*su.*doas.*pbrun/s);
    play('');
    await refused(/--become-method is one of sudo, su, doas/, '--become-method', 'runas');
    project.write({ 'hosts.yml': hosts.inventory({ n1: { become_method: 'runas' } }) });
    await refused(/become_method.*sudo.*su.*doas.*runas/s);
    project.write({
      'hosts.yml': hosts.inventory(),
      'play.yml':
        '- hosts: all\n  become: true\n  tasks:\n    - {name: one, become_method: su, command: id}\n    - {name: two, become_method: sudo, command: id}\n',
    });
    await refused(
      /play\.yml:5:7 +"two" becomes root on n1 by sudo, another task by su, name one become_method: a host becomes a user once in a run/,
    );
    project.write({ 'hosts.yml': hosts.inventory({ n1: { become_mode: 'per_task', become_method: 'su' } }) });
    play('');
    await refused(
      /become_mode per_task of host n1 goes by su, which asks tester for a password each time, set become_method: sudo, or log in as root/,
    );
    assert.equal(hosts.servers.n1.logins, 0);
  });
});

/** Files, a handler, commands; as root, and one as whoever logs in. */
const PLAY = `- hosts: all
  become: true
  tasks:
    - {name: folder, file.directory: {path: /run/site, mode: "0755"}}
    - {name: own, become: false, file.copy: {dest: /run/home/alice/own, content: "of alice"}}
    - {name: file, file.copy: {dest: /run/site/file, content: "of root"}, notify: tell}
    - {name: own again, become: false, file.copy: {dest: /run/home/alice/again, content: "of alice"}}
    - {name: once, command: {argv: [/usr/bin/touch, /run/site/made], creates: /run/site/made}}
    - {name: word, command: {argv: [sh, -c, 'printf %s "$WORD" >/run/site/word'], environment: {WORD: "{{ word }}"}, creates: /run/site/word}}
  handlers:
    - {name: tell, command: {argv: [/usr/bin/touch, /run/site/told], touches: [/run/site/told]}}
`;

describe('cli: become_mode per_task', function () {
  this.timeout(120_000);
  let accounts: Accounts;
  let hosts: Hosts<'n1'>;
  let project: Project;
  before(async function () {
    const opened = await Accounts.open();
    if (typeof opened === 'string') skipBecause(this, opened);
    else accounts = opened;
    hosts = await startHostsWith({ enter: accounts.enter('alice') }, 'n1');
  });
  beforeEach(() => {
    project = new Project({ 'hosts.yml': hosts.inventory({ n1: { ssh_user: 'alice', become_mode: 'per_task' } }), 'play.yml': PLAY });
    accounts.forget();
    accounts.ask('root', 'rm', '-rf', '/run/site', '/run/home/alice/.local', '/run/home/alice/own', '/run/home/alice/again');
  });
  afterEach(() => project[Symbol.dispose]());
  after(async () => {
    await hosts[Symbol.asyncDispose]();
    await accounts[Symbol.asyncDispose]();
  });

  it('brings a host to its state and leaves it there, each command a line in the log of sudo', async () => {
    accounts.sudoers('alice ALL=(root) NOPASSWD: ALL');
    const words = [...run, '-e', 'word=swordfish', '--prove'];
    const { code, stdout } = await project.run(...words);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /n1 +: ok=\d+ +changed=7/);
    const ran = accounts.read('/run/sudo.log');
    assert.match(ran, /COMMAND=\/usr\/bin\/touch \/run\/site\/made$/m);
    assert.doesNotMatch(ran, /swordfish|\.local/);
    const again = await project.run(...words);
    assert.match(again.stdout, /n1 +: ok=\d+ +changed=0/);
    assert.deepEqual(accounts.ask('root', 'find', '/dev/shm', '-name', '.tsplay*'), '');
    // The turn is the login's, whoever is become.
    assert.deepEqual(accounts.ask('alice', 'ls', '/run/home/alice/.local/state/tsplay/turn'), '2\n');
  });

  it('runs what sudoers lists where it lists nothing else, and says what it does not let', async () => {
    accounts.sudoers('alice ALL=(root) NOPASSWD: /usr/bin/mkdir /run/site, /usr/bin/test -d /run/site');
    project.write({
      'play.yml':
        '- hosts: all\n  become: true\n  tasks:\n    - {name: listed, command: {argv: [/usr/bin/mkdir, /run/site], unless: [/usr/bin/test, -d, /run/site], touches: [/run/site]}}\n',
    });
    for (const changed of [1, 0]) assert.match((await project.run(...run)).stdout, new RegExp(`n1 +: ok=\\d+ +changed=${changed}`));
    assert.equal(accounts.read('/run/sudo.log').match(/COMMAND=\/usr\/bin\/sh/g), null);
    const refused =
      /cannot read command\.probe.*: alice cannot become root on n1 for this: .*, no password is given where become_mode is per_task: allow it with NOPASSWD in sudoers, for alice as root/;
    project.write({
      'play.yml':
        '- hosts: all\n  become: true\n  tasks:\n    - {name: other, command: {argv: [/usr/bin/id], unless: [/usr/bin/test, -e, /run/site], touches: []}}\n',
    });
    for (const args of [[], ['--check']]) {
      const { code, stdout } = await project.run(...run, ...args);
      assert.equal(code, 2, stdout);
      assert.match(stdout, refused);
    }
  });

  it('keeps the turn as long as the run lives, for all users that it becomes', async () => {
    accounts.sudoers('alice ALL=(root) NOPASSWD: ALL');
    project.write({
      'play.yml': `- hosts: all
  tasks:
    - {name: first, file.copy: {dest: /run/home/alice/own, content: "{{ who }}"}}
    - {name: slow, become: true, command: {argv: [sh, -c, "echo begin >>/run/log; until [ -e /run/home/go ]; do sleep 0.05; done; echo end >>/run/log"], touches: []}}
`,
    });
    const first = project.start(...run, '-e', 'who=one');
    await until('the first run is in its slow task', () => accounts.ask('root', 'sh', '-c', 'cat /run/log 2>/dev/null; :') === 'begin\n');
    const second = await project.run(...run, '-e', 'who=two', '--wait-lock', '1');
    assert.equal(second.code, 2, second.stdout);
    assert.match(second.stdout, /n1 is being changed by another run, of \S+ since/);
    const third = project.start(...run, '-e', 'who=three', '--wait-lock', '60');
    await until('the third run waits', () => third.stdout().includes('waiting up to 60 s'));
    accounts.write('/run/home/go', '');
    assert.equal((await first.ended).code, 0);
    assert.equal((await third.ended).code, 0);
    assert.equal(accounts.read('/run/log'), 'begin\nend\nbegin\nend\n');
    assert.equal(accounts.read('/run/home/alice/own'), 'three');
  });

  it('ends a wait with its controller, though another user is at it', async () => {
    using own = new Project({
      // root becomes a user that every machine has.
      'hosts.yml': JSON.stringify({
        all: { vars: { connection: 'local', become_mode: 'per_task', become_user: 'daemon' }, hosts: { n1: null } },
      }),
      'play.yml':
        '- hosts: all\n  become: true\n  tasks:\n    - {name: taking, become: false, command: {argv: [touch, taken], chdir: "{{ where }}"}}\n    - {name: wait, wait.port: {port: 1, timeout: 300}}\n',
    });
    const first = own.start(...run, '-e', `where=${own.directory}`);
    await until('the first run waits', () => first.stdout().includes('waiting: [n1]'));
    first.kill();
    await first.ended;
    own.write({ 'play.yml': '- hosts: all\n  tasks:\n    - {name: next, command: {argv: [touch, next], chdir: "{{ where }}"}}\n' });
    const { code, stdout } = await own.runPlay();
    assert.equal(code, 0, stdout);
  });
});
