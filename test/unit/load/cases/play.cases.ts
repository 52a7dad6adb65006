// What is wrong with playbooks and plays.
import type { LoadCase } from '../load-case.ts';

const play = (text: string): Readonly<Record<string, string>> => ({ 'play.yml': text });

export const PLAY_CASES: readonly LoadCase[] = [
  [
    'a playbook and an inventory in folders that everybody may change',
    { 'open/play.yml': '- hosts: all\n', 'open/': '0777', 'inv/hosts.yml': 'all: {hosts: {n1: }}\n', 'inv/': '0777' },
    [
      'note: everybody may change open, and so decide through open/play.yml what is done to hosts, chmod o-w open',
      'note: everybody may change inv, and so decide through inv what is done to hosts, chmod o-w inv',
    ],
    { playbook: 'open/play.yml', inventory: 'inv' },
  ],
  [
    'several inventories in folders that everybody may change',
    { 'one/hosts.yml': 'all: {hosts: {n1: }}\n', 'one/': '0777', 'other/hosts.yml': 'all: {hosts: {n2: }}\n', 'other/': '0777' },
    [
      'note: everybody may change one, and so decide through one what is done to hosts, chmod o-w one',
      'note: everybody may change other, and so decide through other what is done to hosts, chmod o-w other',
    ],
    { inventory: ['one', 'other', 'n3,'] },
  ],
  ['no such playbook', {}, ['cannot read plays/none.yml: there is no such file'], { playbook: 'plays/none.yml' }],
  ['an empty playbook', play('# nothing\n'), ['play.yml:1:1  the playbook holds no play, write a list: - hosts: all']],
  ['an empty list', play('[]\n'), ['play.yml:1:1  the playbook holds no play, write a list: - hosts: all']],
  [
    'a playbook that is a map',
    play('hosts: all\n'),
    ['play.yml:1:1  a playbook must be a list, got a map, write "- hosts: all" and the tasks below it'],
  ],
  [
    'a play that is a text',
    play('- all\n'),
    ['play.yml:1:3  a play must be a map, got the string "all", write "- hosts: all" and the tasks below it'],
  ],
  [
    'a file that is not YAML',
    play('- hosts: all\n\ttasks: []\n'),
    [
      'play.yml:2:2  this line does not belong to what stands above, indent the keys of a map, or the items of a list, alike, and look at play.yml:1:1',
    ],
  ],
  ['no hosts', play('- name: first\n'), ['play.yml:1:3  the play names no hosts, write hosts: and a group, a host or all']],
  [
    'hosts that are an expression',
    play('- hosts: "{{ target }}"\n'),
    ['play.yml:1:11  hosts cannot be an expression, write a pattern, and narrow it with -l on the command line'],
  ],
  ['hosts that are a number', play('- hosts: 5\n'), ['play.yml:1:10  "hosts" must be a text or a list of texts, got the number 5']],
  ['a misspelt keyword', play('- hosts: all\n  taks: []\n'), ['play.yml:2:3  unknown keyword "taks" of a play, did you mean "tasks"?']],
  [
    'a keyword that resembles nothing',
    play('- hosts: all\n  something_else: 1\n'),
    ['play.yml:2:3  unknown keyword "something_else" of a play'],
  ],
  [
    'keywords of Ansible',
    play('- hosts: all\n  user: root\n  sudo: true\n  debugger: always\n  gather_facts: true\n'),
    [
      'play.yml:2:3  "user" is no keyword of a play, write remote_user',
      'play.yml:3:3  "sudo" is no keyword of a play, write become: true',
      'play.yml:4:3  "debugger" is no keyword of a play, remove it',
      'play.yml:5:17  facts are read when something asks for them, remove gather_facts',
    ],
  ],
  [
    'how hosts are logged in to',
    play('- hosts: all\n  connection: telnet\n  port: 0\n  remote_user: [a]\n'),
    [
      'play.yml:2:15  connection must be one of ssh, ssh2, openssh, local, got the string "telnet"',
      'play.yml:3:9  "port" must be between 1 and 65535, got the number 0',
      'play.yml:4:16  "remote_user" must be a string, got a list',
    ],
  ],
  [
    'files of variables',
    { ...play('- hosts: all\n  vars_files: [1, a.yml, [], [b.yml, c.yml], d.yml]\n'), 'd.yml': '- a\n' },
    [
      'play.yml:2:16  vars_files takes names of files, and lists of which the first file that is there is read, got the number 1',
      'play.yml:2:19  there is no such file of variables, make vars/a.yml or a.yml',
      'play.yml:2:31  there is no such file of variables, make vars/b.yml or b.yml or vars/c.yml or c.yml',
      'd.yml:1:1  the file must be a map of variables, got a list, write name: value',
    ].sort(),
  ],
  [
    'prompts',
    play(
      '- hosts: all\n  vars_prompt:\n    - a\n    - {prompt: b}\n    - {name: c, promt: d, encrypt: sha512_crypt, default: [1]}\n    - {name: d-e, private: 1}\n- hosts: all\n  vars_prompt: a\n',
    ),
    [
      'play.yml:3:7  a prompt must be a map, got the string "a", write - name: NAME',
      'play.yml:4:7  the prompt names no variable, write name: and the variable',
      'play.yml:5:17  unknown keyword "promt" of a prompt, did you mean "prompt"?',
      'play.yml:5:27  "encrypt" is no keyword of a prompt, hash the answer where it is used',
      'play.yml:5:59  the default of a prompt must be a text, a number, true or false, got a list',
      'play.yml:6:14  "name" must match ^[A-Za-z_][A-Za-z0-9_]*$, got the string "d-e"',
      'play.yml:6:28  "private" must be true or false, got the number 1',
      'play.yml:8:16  "vars_prompt" must be a list, got the string "a", write - name: NAME',
    ],
  ],
  [
    'a tag that is an expression',
    play('- hosts: all\n  tags: ["a,{{ b }}"]\n'),
    ['play.yml:2:11  a tag cannot be an expression, got "a,{{ b }}", write the tag out: tags are chosen before any variable is known'],
  ],
  [
    'import_playbook',
    {
      'play.yml':
        '- import_playbook: other.yml\n  hosts: all\n- import_playbook: "{{ x }}.yml"\n- import_playbook: none.yml\n- import_playbook: map.yml\n',
      'other.yml': '- import_playbook: play.yml\n- hosts: all\n  tasks: [{debug: {msg: x, tsk: y}}]\n',
      'map.yml': 'hosts: all\n',
    },
    [
      'cannot read none.yml: there is no such file',
      'map.yml:1:1  a playbook must be a list, got a map, write "- hosts: all" and the tasks below it',
      'other.yml:1:20  play.yml takes itself over, break the circle',
      'other.yml:3:28  unknown parameter "tsk" of debug, it takes msg',
      'play.yml:2:3  unknown keyword "hosts" of a playbook that is taken over',
      'play.yml:3:21  import_playbook names a file, no expression, write its name out',
    ],
  ],
  [
    'how hosts go through a play, in the wrong words',
    play('- hosts: all\n  strategy: debug\n  order: random\n  max_fail_percentage: 101\n  force_handlers: 1\n'),
    [
      'play.yml:2:13  "strategy" must be one of linear, free, host_pinned, got the string "debug"',
      'play.yml:3:10  "order" must be one of inventory, reverse_inventory, sorted, reverse_sorted, shuffle, got the string "random"',
      'play.yml:4:24  "max_fail_percentage" must be between 0 and 100, got the number 101',
      'play.yml:5:19  "force_handlers" must be true or false, got the number 1',
    ],
  ],
  ['gather_facts: false', play('- hosts: all\n  gather_facts: false\n'), []],
  [
    'keywords of the wrong type',
    play('- hosts: all\n  name: 5\n  become: yes\n  become_user: [a]\n  any_errors_fatal: 1\n'),
    [
      'play.yml:2:9  "name" must be a string, got the number 5, write name: "5"',
      'play.yml:3:11  "become" must be true or false, got the string "yes", write become: true',
      'play.yml:4:16  "become_user" must be a string, got a list',
      'play.yml:5:21  "any_errors_fatal" must be true or false, got the number 1',
    ],
  ],
  [
    'serial',
    play('- hosts: all\n  serial: [1, "30%", 0, "x", "150%"]\n'),
    [
      'play.yml:2:22  serial must be a number of hosts from 1, a percentage, or a list of them, got the number 0, write serial: 1, serial: "30%" or serial: [1, "50%"]',
      'play.yml:2:26  serial must be a number of hosts from 1, a percentage, or a list of them, got the string "x", write serial: 1, serial: "30%" or serial: [1, "50%"]',
      'play.yml:2:31  serial must be a number of hosts from 1, a percentage, or a list of them, got the string "150%", write serial: 1, serial: "30%" or serial: [1, "50%"]',
    ],
  ],
  [
    'tags that are no texts',
    play('- hosts: all\n  tags: [a, 5]\n'),
    ['play.yml:2:13  "tags" must be a text or a list of texts, got the number 5'],
  ],
  [
    'tasks that are no list',
    play('- hosts: all\n  tasks: {debug: }\n'),
    ['play.yml:2:10  "tasks" must be a list, got a map, write one "- " for each task'],
  ],
  [
    'roles that are no list',
    play('- hosts: all\n  roles: kafka\n'),
    ['play.yml:2:10  "roles" must be a list, got the string "kafka", write one "- " for each role'],
  ],
  [
    'vars that are a list',
    play('- hosts: all\n  vars: [a]\n'),
    ['play.yml:2:9  "vars" must be a map of variables, got a list, write name: value'],
  ],
  [
    'names of variables',
    play('- hosts: all\n  vars: {a-b: 1, 1st: 2, groups: 3, "é": 4}\n'),
    [
      'play.yml:2:10  "a-b" cannot be the name of a variable, write a_b',
      'play.yml:2:18  "1st" cannot be the name of a variable, use letters, digits and _',
      'play.yml:2:26  "groups" cannot be set, it is always there, choose another name',
      'play.yml:2:38  "é" cannot be the name of a variable, use letters, digits and _',
    ],
  ],
  [
    'a template in a variable',
    play('- hosts: all\n  vars:\n    greeting: "hello {{#if x}}"\n'),
    ['play.yml:3:22  {{#if}} is never closed, close it with {{/if}}'],
  ],
  [
    'a handler without a name',
    play('- hosts: all\n  handlers:\n    - file.absent: {path: /x}\n'),
    ['play.yml:3:7  the handler has no name, write name: and what notify calls it'],
  ],
  [
    'two handlers of one name',
    play('- hosts: all\n  handlers:\n    - {name: a, file.absent: {path: /x}}\n    - {name: a, file.absent: {path: /y}}\n'),
    ['play.yml:4:7  the handler "a" is already there on line 3, give it another name'],
  ],
  [
    'several plays, all problems at once',
    play('- hosts: all\n  taks: []\n- hosts: al\n  become: 1\n'),
    [
      'play.yml:2:3  unknown keyword "taks" of a play, did you mean "tasks"?',
      'play.yml:3:10  the pattern "al" matches no host or group, did you mean "all" (hosts.yml:1:1)?',
      'play.yml:4:11  "become" must be true or false, got the number 1',
    ],
  ],
];
