// What is refused before anything is touched: exit 5, every problem at once, in words with their places, and nothing on standard output.
import assert from 'node:assert/strict';
import { localHosts, Project, type Files } from './support/project.ts';

const USUAL: Files = {
  'hosts.yml': localHosts('n1'),
  'play.yml': '- hosts: all\n  tasks:\n    - debug: {msg: hello}\n',
};
const tasks = (text: string): Files => ({ 'play.yml': `- hosts: all\n  tasks:\n    - ${text}\n` });
const RUN = ['run', 'play.yml', '-i', 'hosts.yml'];

/** Title, what the files are beside the usual ones, the command line, and what is then read. */
type Refusal = readonly [title: string, files: Files, args: readonly string[], lines: readonly string[]];

const REFUSALS: readonly Refusal[] = [
  ['an unknown command', {}, ['lnt'], ['unknown command "lnt", did you mean "lint"?']],
  ['a tag that no task has', {}, [...RUN, '-t', 'nope'], ['no task has the tag nope, tsplay run --list-tasks shows the tags']],
  ['a run of nothing', {}, ['run'], ['tsplay run needs a PLAYBOOK, tsplay run --help shows how']],
  [
    'flags that are wrong, all of them',
    {},
    [...RUN, '--chekc', '-f', '0', '--output', 'yaml'],
    [
      'unknown option --chekc of tsplay run, did you mean "--check"?',
      '--forks takes a whole number from 1, got "0"',
      '--output is one of plain, live, json, junit, got "yaml"',
    ],
  ],
  ['a flag of Ansible', {}, [...RUN, '-J'], ['-J of Ansible is not an option of tsplay run, encrypted variables are not read yet']],
  ['flags that contradict', {}, [...RUN, '--exit-code'], ['--exit-code says whether a check found changes, add --check']],
  ['a playbook that is missing', {}, ['run', 'none.yml', '-i', 'hosts.yml'], ['cannot read none.yml: there is no such file']],
  [
    'a playbook that is a folder',
    { 'folder/x': '' },
    ['run', 'folder', '-i', 'hosts.yml'],
    ['cannot read folder: this is a directory, not a file'],
  ],
  [
    'an inventory that is missing',
    {},
    ['run', 'play.yml', '-i', 'none.yml'],
    ['there is no inventory "none.yml", make inventories/none.yml or none.yml'],
  ],
  ['no inventory', {}, ['run', 'play.yml'], ['play.yml:1:10  the pattern "all" needs an inventory, name one with -i']],
  [
    'YAML that cannot be read',
    { 'play.yml': '- hosts: [n1\n' },
    RUN,
    ['play.yml:1:10  the [ opened here is never closed, close it with ]'],
  ],
  [
    'an unknown keyword',
    tasks('{debug: {msg: a}, whn: true}'),
    RUN,
    ['play.yml:3:25  unknown keyword "whn" of a task, did you mean "when"?'],
  ],
  [
    'an unknown module',
    tasks('file.directry: {path: /x}'),
    RUN,
    ['play.yml:3:7  unknown module "file.directry", did you mean "file.directory"?'],
  ],
  [
    "Ansible's module",
    tasks('template: {src: a, dest: /b}'),
    RUN,
    ['play.yml:3:7  unknown module "template", it is called file.template here'],
  ],
  [
    'an unknown parameter',
    tasks('file.directory: {path: /x, onwer: root}'),
    RUN,
    ['play.yml:3:34  unknown parameter "onwer" of file.directory, did you mean "owner"?'],
  ],
  [
    'an unknown variable of a role',
    { 'play.yml': '- hosts: all\n  roles: [zookeeper]\n', 'group_vars/all.yml': 'zookeeper_haep: 1\n' },
    RUN,
    ['group_vars/all.yml:1:17  role zookeeper has no variable "zookeeper_haep", did you mean "zookeeper_heap"?'],
  ],
  [
    'an unknown role',
    { 'play.yml': '- hosts: all\n  roles: [zookeper]\n' },
    RUN,
    ['play.yml:2:11  there is no role "zookeper", did you mean "zookeeper"?'],
  ],
  [
    'a variable that nothing defines',
    tasks('debug: {msg: "{{ nowhere }}"}'),
    RUN,
    ['play.yml:3:24  nothing defines "nowhere" for host n1, used by task "debug", define it in the inventory, the play or with -e'],
  ],
  [
    'a handler that is not there',
    tasks('{debug: {msg: a}, notify: nobody}'),
    RUN,
    ['play.yml:3:33  task "debug" notifies a handler that does not exist, got "nobody", add it to the handlers of the play'],
  ],
  [
    'a template that is not there',
    tasks('file.template: {src: none.hbs, dest: /x}'),
    RUN,
    ['play.yml:3:28  task "file.template" names a file that is not there, got "none.hbs", make one of templates/none.hbs, none.hbs'],
  ],
  [
    'a pattern that matches nothing',
    { 'play.yml': '- hosts: n2\n' },
    RUN,
    ['play.yml:1:10  the pattern "n2" matches no host or group, did you mean "n1" (hosts.yml:3:11)?'],
  ],
  [
    'a limit that matches nothing',
    {},
    [...RUN, '-l', 'n2'],
    ['the limit "n2" matches no host or group, did you mean "n1" (hosts.yml:3:11)?'],
  ],
  [
    'a member to begin with that is no host',
    {},
    [...RUN, '--from', 'n2'],
    ['--from names a host that is not there, got "n2", did you mean "n1"?'],
  ],
  [
    'a member to begin with that no play runs on',
    { 'hosts.yml': localHosts('n1', 'other'), 'play.yml': '- hosts: n1\n  tasks:\n    - debug: {msg: a}\n' },
    [...RUN, '--from', 'other'],
    ['--from names other, but no play of play.yml runs on it, name one of n1'],
  ],
  [
    'a play with nothing to verify',
    {},
    ['verify', 'play.yml', '-i', 'hosts.yml'],
    ['play.yml has nothing to verify, name a playbook with a role that ships proofs'],
  ],
  [
    'problems of two files, sorted by place',
    {
      'play.yml': '- hosts: all\n  tasks:\n    - debug: {msgg: a}\n    - debgu: {msg: a}\n',
      'hosts.yml': 'all: {hosts: {n1: {connection: telnet, ssh_port: "22"}}}\n',
    },
    RUN,
    [
      'hosts.yml:1:32  "connection" must be one of ssh, ssh2, openssh, local, got the string "telnet"',
      'hosts.yml:1:51  "ssh_port" must be a whole number, got the string "22", write ssh_port: 22',
      'play.yml:3:15  unknown parameter "msgg" of debug, did you mean "msg"?',
      'play.yml:4:7  unknown module "debgu", did you mean "debug"?',
    ],
  ],
  [
    'problems of two playbooks, linted together',
    { ...tasks('debgu: {}'), 'other.yml': '- hosts: n9\n' },
    ['lint', 'play.yml', 'other.yml', '-i', 'hosts.yml'],
    [
      'play.yml:3:7  unknown module "debgu", did you mean "debug"?',
      'other.yml:1:10  the pattern "n9" matches no host or group, did you mean "n1" (hosts.yml:3:11)?',
    ],
  ],
  [
    'a page that is not there',
    {},
    ['docs', 'file.tempalte'],
    ['there is nothing called "file.tempalte" to read about, did you mean "file.template"?'],
  ],
  [
    "a page under Ansible's name",
    {},
    ['docs', 'lineinfile'],
    ['there is nothing called "lineinfile" to read about, did you mean "file.line"?'],
  ],
  ['a page of a misspelt helper', {}, ['docs', 'uper'], ['there is nothing called "uper" to read about, did you mean "upper"?']],
  [
    'a page under a name that every object has',
    {},
    ['docs', 'constructor'],
    ['there is nothing called "constructor" to read about, tsplay docs lists the names'],
  ],
  ['an inventory without a name', {}, ['inventory'], ['tsplay inventory shows an inventory, name one with -i']],
  [
    'a host that is not there',
    {},
    ['inventory', '-i', 'hosts.yml', '--host', 'n2'],
    ['there is no host "n2" in hosts.yml, did you mean "n1"?'],
  ],
  [
    'a host under a name that every object has',
    {},
    ['inventory', '-i', 'hosts.yml', '--host', 'constructor'],
    ['there is no host "constructor" in hosts.yml, tsplay inventory shows those there are'],
  ],
  ['a task to start at that is not there', {}, [...RUN, '--start-at-task', 'debig'], ['no task is called "debig", did you mean "debug"?']],
  [
    'a task to start at that the tags leave out',
    tasks('{name: look, debug: {msg: a}, tags: [x]}\n    - {name: more, debug: {msg: b}}'),
    [...RUN, '--skip-tags', 'x', '--start-at-task', 'lo*'],
    ['the tags leave out the task "lo*", choose the tags so that it is in'],
  ],
  [
    'a variable that nothing sets',
    { 'hosts.yml': `${localHosts('n1')}  children: {g: {hosts: {n1: }, vars: {port: 1}}}\n` },
    ['inventory', '-i', 'hosts.yml', '--why', 'prot'],
    ['nothing sets "prot" for n1, did you mean "port"?'],
  ],
  [
    'why of what is always there',
    {},
    ['inventory', '-i', 'hosts.yml', '--why', 'groups'],
    ['"groups" is always there, no file can set it'],
  ],
  [
    'a playbook that is not looked through',
    {},
    ['inventory', 'play.yml', '-i', 'hosts.yml'],
    ['a playbook is looked through for --why, add --why NAME'],
  ],
  [
    'a question without a terminal',
    { 'play.yml': '- hosts: all\n  vars_prompt: [{name: who}]\n  tasks:\n    - debug: {msg: "{{ who }}"}\n' },
    RUN,
    ['play.yml:2:24  there is no terminal to ask for who on, give it with -e who=…'],
  ],
  [
    'a question where an answer is kept',
    { 'play.yml': '- hosts: all\n  vars_prompt: [{name: who}]\n  tasks:\n    - debug: {msg: "{{ who }}"}\n' },
    ['plan', 'play.yml', '-i', 'hosts.yml'],
    ['play.yml:2:24  the play asks for who, give it with -e who=…'],
  ],
  [
    'names of Ansible',
    tasks('{debug: {msg: "{{ ansible_check_mode }} {{ ansible_os_family }} {{ playbook_dri }}"}}'),
    RUN,
    [
      'play.yml:3:25  nothing defines "ansible_check_mode" for host n1, used by task "debug", leave the condition out: a dry run foretells every task, and none needs to know of it',
      'play.yml:3:50  nothing defines "ansible_os_family" for host n1, used by task "debug", write {{facts.os.family}}',
      'play.yml:3:74  nothing defines "playbook_dri" for host n1, used by task "debug", did you mean "playbook_dir"?',
    ],
  ],
  [
    'variables that go round in a circle',
    {
      'play.yml':
        '- hosts: all\n  vars: {a: "{{ b }}", b: "{{ c }}", c: "{{ a }}", d: "{{ a }}"}\n  roles: []\n  vars_files: "{{ d }}.yml"\n  tasks: [{debug: {msg: x}}]\n',
    },
    RUN,
    ['play.yml:2:14  variable "a" is defined by itself: a → b → c → a, break the circle'],
  ],
  ['help on nothing', {}, ['help', 'constructor'], ['unknown command "constructor", tsplay --help lists the commands']],
];

describe('cli: refusals', () => {
  for (const [title, files, args, lines] of REFUSALS) {
    it(title, async () => {
      using project = new Project({ ...USUAL, ...files });
      const { code, stdout, stderr } = await project.run(...args);
      assert.deepEqual(stderr.replaceAll(`${project.directory}/`, '').split('\n'), [...lines, '']);
      assert.equal(code, 5);
      assert.equal(stdout, '');
    });
  }

  it('refuses the second playbook before the first one has begun', async () => {
    using project = new Project({ ...USUAL, ...tasks('file.directory: {path: "{{ playbook }}/made"}'), 'bad.yml': '- hosts: n9\n' });
    const { code, stdout } = await project.run('run', 'play.yml', 'bad.yml', '-i', 'hosts.yml', '-e', `playbook=${project.directory}`);
    assert.equal(code, 5);
    assert.equal(stdout, '');
    assert.equal(project.has('made'), false);
  });
});
