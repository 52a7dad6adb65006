// Variables from every place: who wins, who says so, files and prompts of plays, and what is known without anybody saying it.
import assert from 'node:assert/strict';
import { Project, type Files } from './support/project.ts';
import { atTerminal } from './support/terminal.ts';

const FILES: Files = {
  'inv/hosts.ini': '[kafka]\nn1\nn2 port=3\n[kafka:vars]\nport=1\nconnection=local\n',
  'inv/group_vars/kafka.yml': '# the usual\nport: 2\nssh_password: geheim\n',
  'vars/common.yml': 'port: 5\nfrom: common\n',
  'vars/n1.yml': 'from: "{{ inventory_hostname }}"\n',
  'vars/default.yml': 'from: default\n',
  'play.yml': `- hosts: kafka
  name: brokers
  vars: {port: 4}
  vars_files:
    - common.yml
    - ["{{ inventory_hostname }}.yml", default.yml]
  tasks:
    - name: say
      debug: {msg: "{{ from }} {{ port }} {{ ansible_play_name }}"}
      tags: [say]
    - name: say more
      debug: {msg: "{{ port }}"}
      vars: {port: 6}
      tags: [more, never]
- hosts: n2
  name: last
  tasks:
    - {name: end, debug: {msg: "{{ inventory_dir }} {{join ansible_run_tags}}"}, tags: always}
`,
};
const RUN = ['run', 'play.yml', '-i', 'inv', '--output', 'plain', '-v'] as const;

describe('cli: variables', function () {
  this.timeout(60_000);

  it('come from the files of a play, host by host where their names differ', async () => {
    using project = new Project(FILES);
    const { code, stdout, stderr } = await project.run(...RUN);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /n1 5 brokers/);
    assert.match(stdout, /default 5 brokers/);
    assert.ok(stdout.includes(project.path('inv')), stdout);
  });

  it('are looked up place by place, the winner first', async () => {
    using project = new Project(FILES);
    const alone = await project.run('inventory', '-i', 'inv', '--why', 'port');
    assert.deepEqual(alone.stdout.split('\n'), [
      'port of n1',
      '  2  inv/group_vars/kafka.yml:2',
      '  1  inv/hosts.ini:5',
      'port of n2',
      '  3  inv/hosts.ini:3',
      '  2  inv/group_vars/kafka.yml:2',
      '  1  inv/hosts.ini:5',
      '',
    ]);
    const whole = await project.run('inventory', 'play.yml', '-i', 'inv', '-l', 'n1', '--why', 'port', '-e', 'port=8', '-e', 'port=9');
    assert.deepEqual(whole.stdout.split('\n'), [
      'port of n1',
      '  "9"  -e',
      '  "8"  -e',
      '  6    play.yml:13  task "say more"',
      '  5    vars/common.yml:1',
      '  4    play.yml:3  play "brokers"',
      '  2    inv/group_vars/kafka.yml:2',
      '  1    inv/hosts.ini:5',
      '',
    ]);
    const secret = await project.run('inventory', '-i', 'inv', '-l', 'n1', '--why', 'ansible_password');
    assert.equal(secret.stdout, 'ssh_password (ansible_password) of n1\n  ***  inv/group_vars/kafka.yml:3\n');
  });

  it('are asked for once, before anything is shown, and are secret unless the play says otherwise', async () => {
    const prompts = `  vars_prompt:\n    - {name: pin, prompt: the pin, confirm: true}\n    - {name: who, prompt: who, private: false, default: nobody}\n`;
    const play = `- hosts: n1\n${prompts}  tasks: [{name: say, debug: {msg: "{{ who }} has {{ pin }}"}}]\n`;
    using project = new Project({ ...FILES, 'play.yml': play + play });
    const { code, shown } = await atTerminal(project, RUN, ['first-one\r', 'another\r', 'sesame-open\r', 'sesame-open\r', '\r']);
    assert.equal(code, 0, shown);
    assert.match(shown, /^the pin: /);
    assert.equal(shown.match(/who \[nobody\]: /g)?.length, 1, shown);
    assert.match(shown, /ok: \[n1\]\S* "\*\*\*"/);
    assert.doesNotMatch(shown, /sesame/);
    const given = await project.run(...RUN, '-e', 'pin=123456 who=me');
    assert.equal(given.code, 0, given.stderr);
    assert.match(given.stdout, /me has 123456/);
  });

  it('are asked for by plays that gain their hosts, too', async () => {
    const add = '- hosts: n1\n  tasks: [{add_host: {name: late, groups: [late_ones], variables: {connection: local}}}]\n';
    const play =
      '- hosts: late_ones\n  vars_prompt: [{name: pin, prompt: the pin}]\n  tasks: [{name: say, assert: {that: [pin == "sesame-open"]}}]\n';
    using project = new Project({ ...FILES, 'play.yml': add + play });
    const { code, shown } = await atTerminal(project, RUN, ['sesame-open\r']);
    assert.equal(code, 0, shown);
    assert.match(shown, /ok: \[late\]/);
    assert.doesNotMatch(shown, /sesame/);
    const other = await atTerminal(project, RUN, ['another\r']);
    assert.equal(other.code, 2, other.shown);
  });

  it('do not stand in the way of lists: tags, and tasks from one on', async () => {
    using project = new Project(FILES);
    const tags = await project.run(...RUN.slice(0, 4), '--list-tags');
    assert.equal(tags.stdout, 'brokers\n  more\n  never\n  say\nlast\n  always\n');
    const from = await project.run(...RUN.slice(0, 4), '--list-tasks', '--start-at-task', 'e?d');
    assert.equal(from.stdout, 'last\n  end  (debug)  [always]\n');
    const ran = await project.run(...RUN, '--tags', 'more', '--start-at-task', 'say*');
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stdout, /say more/);
    assert.match(ran.stdout, /end/);
  });
});
