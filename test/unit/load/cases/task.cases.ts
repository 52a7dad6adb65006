// What is wrong with tasks: keywords, modules, parameters, commands.
import { roleFile, type LoadCase } from '../load-case.ts';

const task = (text: string): Readonly<Record<string, string>> => ({
  'play.yml': `- hosts: all\n  tasks:\n    - ${text.replaceAll('\n', '\n      ')}\n`,
});

const MODULE = `modules: [{ definition: { kind: 'host', name: 'kafka.topic', summary: 'x', examples: [], params: {
  type: 'object', additionalProperties: false,
  properties: { name: { type: 'string' }, that: { type: 'array', items: { type: 'string', kind: 'condition' } }, more: { type: 'object', additionalProperties: { type: 'string' } } },
} } }]`;
const withRole = (text: string): Readonly<Record<string, string>> => ({
  'play.yml': `- hosts: all\n  roles: [kafka]\n  tasks:\n    - ${text}\n`,
  'roles/kafka/role.js': roleFile('kafka', {}, MODULE),
});

export const TASK_CASES: readonly LoadCase[] = [
  [
    'a task that is a text',
    task('reboot'),
    ['play.yml:3:7  a task must be a map, got the string "reboot", write the module and its parameters: "- debug: {msg: hello}"'],
  ],
  ['no module', task('name: nothing'), ['play.yml:3:7  the task names no module, write the module as a key: "command: …"']],
  [
    'two modules',
    task('file.absent: {path: /x}\nuser: {name: a}'),
    ['play.yml:4:7  the task names two modules, "file.absent" and "user", make two tasks of it'],
  ],
  [
    'a misspelt keyword',
    task('file.absent: {path: /x}\nwhn: true'),
    ['play.yml:4:7  unknown keyword "whn" of a task, did you mean "when"?'],
  ],
  ['a keyword that resembles nothing', task('file.absent: {path: /x}\nxyzzy: 1'), ['play.yml:4:7  unknown keyword "xyzzy" of a task']],
  [
    'a misspelt module',
    task('file.directry: {path: /x}'),
    ['play.yml:3:7  unknown module "file.directry", did you mean "file.directory"?'],
  ],
  ['a misspelt module without a dot', task('usr: {name: a}'), ['play.yml:3:7  unknown module "usr", did you mean "user"?']],
  [
    'a module that resembles nothing',
    task('community.zabbix.zabbix_host: {name: a}'),
    ['play.yml:3:7  unknown module "community.zabbix.zabbix_host"'],
  ],
  [
    'a module of a role that nobody calls',
    { ...task('kafka.topic: {name: a}'), 'roles/kafka-tools/role.js': roleFile('kafka-tools', {}, MODULE) },
    [],
  ],
  [
    'a misspelt one',
    { ...task('kafka.topik: {name: a}'), 'roles/kafka-tools/role.js': roleFile('kafka-tools', {}, MODULE) },
    ['play.yml:3:7  unknown module "kafka.topik", did you mean "kafka.topic"?'],
  ],
  ["Ansible's names", task('template: {src: a}'), ['play.yml:3:7  unknown module "template", it is called file.template here']],
  [
    "Ansible's whole names",
    task('ansible.builtin.service: {name: a}'),
    ['play.yml:3:7  unknown module "ansible.builtin.service", it is called systemd.service here'],
  ],
  [
    "Ansible's whole name of a module that is called the same",
    task('ansible.builtin.user: {name: a}'),
    ['play.yml:3:7  unknown module "ansible.builtin.user", it is called user here'],
  ],
  [
    "Ansible's file",
    task('file: {path: /x, state: absent}'),
    ['play.yml:3:7  unknown module "file", it is called file.directory, file.link, file.attributes or file.absent here'],
  ],
  [
    "a module of Ansible's that is not there yet",
    task('ansible.builtin.git: {repo: a}'),
    [`play.yml:3:7  there is no module for Ansible's "ansible.builtin.git" yet, write a command with creates or unless`],
  ],
  [
    'a loop of Ansible',
    task('file.absent: {path: /x}\nwith_items: [a]'),
    ['play.yml:4:7  "with_items" is no keyword of a task, write loop: and a list'],
  ],
  [
    'keywords of Ansible',
    task('file.absent: {path: /x}\nsudo: yes\nasync: 5\npoll: 0'),
    [
      'play.yml:4:7  "sudo" is no keyword of a task, write become: true',
      'play.yml:5:7  "async" is no keyword of a task, remove it: a long task is a task, wait.until waits for what it starts',
      'play.yml:6:7  "poll" is no keyword of a task, remove it: a long task is a task, wait.until waits for what it starts',
    ],
  ],
  ['action', task('action: command echo'), ['play.yml:3:7  "action" is no keyword of a task, write the module as the key: "command: …"']],
  [
    'words for the run that are written wrong',
    {
      'play.yml':
        '- hosts: all\n  tasks:\n    - meta: flush\n    - include_vars: {file: "vars-{{ x }}.yml"}\n    - include_vars: none.yml\n    - include_vars: {dir: x}\n    - include_vars: list.yml\n    - {debug: {msg: x}, delegate_to: n11}\n  handlers:\n    - {name: x, meta: noop}\n',
      'list.yml': '- 1\n',
    },
    [
      'list.yml:1:1  list.yml must be a map, got a list, write each variable as "name: value"',
      'play.yml:3:13  "action" of meta must be one of flush_handlers, end_play, end_batch, end_host, end_role, clear_facts, clear_host_errors, reset_connection, noop, got the string "flush"',
      'play.yml:4:29  no file is there that this could name, got "vars-{{ x }}.yml", make one, or correct what is fixed of the name',
      'play.yml:5:21  there is no such file, got "none.yml", make one of vars/none.yml, none.yml',
      'play.yml:6:21  include_vars names no file, write include_vars: NAME.yml',
      'play.yml:6:22  unknown keyword "dir" of a task with include_vars',
      'play.yml:8:38  delegate_to names "n11", which the inventory does not have, did you mean "n1"?',
      'play.yml:10:17  meta is no handler, write it among the tasks',
    ],
  ],
  [
    'keywords that are written wrong',
    task(
      'debug: {msg: x}\nloop_control: {loop_var: x}\nretries: many\ndelay: -1\nenvironment: [A]\nargs: 5\nmodule_defaults: {file.copi: {}}\nchanged_when: "a +"\ntimeout: x',
    ),
    [
      'play.yml:4:21  loop_control without a loop, write loop: and a list',
      'play.yml:5:16  "retries" must be a number, or an expression for one, got the string "many"',
      'play.yml:6:14  "delay" must be a number, or an expression for one, got the number -1',
      'play.yml:7:21  "environment" must be a map or a list of maps, got the string "A"',
      'play.yml:8:13  "args" must be a map, got the number 5, write args: {chdir: /tmp}',
      'play.yml:9:25  unknown module "file.copi"',
      'play.yml:10:25  the expression ends too early, something is missing at the end',
      'play.yml:11:16  "timeout" must be a whole number, got the string "x"',
    ],
  ],
  [
    'loop_control that is written wrong',
    task('debug: {msg: x}\nloop: [1]\nloop_control: {loop_vr: x, pause: x, index_var: 1-2, label: "{{ a"}'),
    [
      'play.yml:5:22  unknown keyword "loop_vr" of a loop_control, did you mean "loop_var"?',
      'play.yml:5:41  "pause" must be a number, or an expression for one, got the string "x"',
      'play.yml:5:55  "index_var" must match ^[A-Za-z_][A-Za-z0-9_]*$, got the string "1-2"',
      'play.yml:5:68  a {{ is never closed, close it with }}',
    ],
  ],
  [
    'check_mode: false where something may change',
    task('command: echo\ncheck_mode: false'),
    [
      'play.yml:4:7  command may change something, and a dry run changes nothing, remove check_mode, and say with check: what the command would print',
    ],
  ],
  ['check_mode: false where nothing can', task('debug: {msg: x}\ncheck_mode: false'), []],
  [
    'a block with keywords of tasks',
    task('block: []\nregister: x\nuntil: true\nname: x\nwhn: true'),
    [
      'play.yml:4:7  "register" is no keyword of a block, write it at each task',
      'play.yml:5:7  "until" is no keyword of a block, write it at each task',
      'play.yml:7:7  unknown keyword "whn" of a block, did you mean "when"?',
    ],
  ],
  [
    'a rescue without a block',
    task('rescue: [{debug: {msg: x}}]\nalways: 5'),
    [
      'play.yml:3:7  there is no block for "rescue", write block: and its tasks',
      'play.yml:4:15  "always" must be a list, got the number 5, write one "- " for each task',
    ],
  ],
  [
    'files of tasks that are named wrong',
    {
      'play.yml':
        '- hosts: all\n  tasks:\n    - include_tasks: none.yml\n    - include_tasks: "x-{{ x }}.yml"\n    - import_tasks: "{{ x }}.yml"\n    - {import_tasks: a.yml, loop: [1]}\n    - include_tasks: {aply: {}}\n    - {include_tasks: b.yml, register: x}\n  handlers:\n    - {name: x, import_tasks: b.yml}\n',
      'a.yml': '- import_tasks: a.yml\n- {debug: {mg: x}}\n',
      'b.yml': 'debug: {msg: x}\n',
    },
    [
      'a.yml:1:17  a.yml takes itself over, break the circle',
      'a.yml:2:12  unknown parameter "mg" of debug, did you mean "msg"?',
      'b.yml:1:1  "b.yml" must be a list, got a map, write one "- " for each task',
      'play.yml:3:22  there is no such file, got "none.yml", make one of none.yml, tasks/none.yml',
      'play.yml:4:23  no file is there that this could name, got "x-{{ x }}.yml", make one, or correct what is fixed of the name',
      'play.yml:5:22  the file of import_tasks is named by an expression, write include_tasks, or its name',
      'play.yml:6:29  import_tasks does not loop, write include_tasks',
      'play.yml:7:7  include_tasks names no file, write include_tasks: NAME.yml',
      'play.yml:7:23  unknown keyword "aply" of a task with include_tasks, did you mean "apply"?',
      'play.yml:8:30  "register" is no keyword of include_tasks, write it at each task',
      'play.yml:10:17  import_tasks is no handler, write include_tasks, or the handlers themselves',
    ],
  ],
  [
    'keywords of the wrong type',
    task(
      'name: []\nfile.absent: {path: /x}\nregister: a-b\nbecome: "{{ x }}"\nthrottle: 0\nignore_errors: no\nrun_once: 1\nprovides: {units: a}',
    ),
    [
      'play.yml:3:13  "name" must be a string, got an empty list',
      'play.yml:5:17  "register" must match ^[A-Za-z_][A-Za-z0-9_]*$, got the string "a-b"',
      'play.yml:6:16  "become" must be true or false, got the string "{{ x }}"',
      'play.yml:7:17  "throttle" must be at least 1, got the number 0',
      'play.yml:8:22  "ignore_errors" must be true or false, got the string "no", write ignore_errors: false',
      'play.yml:9:17  "run_once" must be true or false, got the number 1',
      'play.yml:10:25  "units" of provides must be a list, got the string "a", write units: [a]',
    ],
  ],
  ['notify', task('file.absent: {path: /x}\nnotify: {a: b}'), ['play.yml:4:15  "notify" must be a text or a list of texts, got a map']],
  ['a condition that cannot be read', task('file.absent: {path: /x}\nwhen: a ='), ['play.yml:4:15  "=" cannot stand here']],
  [
    'a host to add',
    task('add_host: {name: "n 9", hostname: n8, groups: "a, b c", inventory_hostname: n, ssh_port: x}'),
    [
      'play.yml:3:25  "n 9" cannot be the name of a host, use letters, digits, "-", "_" and "."; an address goes into the variable address',
      'play.yml:3:31  "name" is given twice, in two words, keep one of them',
      'play.yml:3:54  "b c" cannot be the name of a group, use letters, digits, "-" and "_"',
      'play.yml:3:63  "inventory_hostname" cannot be set, it is always there, choose another name',
      'play.yml:3:96  "ssh_port" must be a whole number, got the string "x"',
    ],
  ],
  [
    'how one task is logged in for',
    task('debug: {msg: x}\nremote_user: a\nport: 22\nconnection: ssh'),
    [
      'play.yml:4:7  "remote_user" is no keyword of a task, write become: true and become_user, or remote_user at the play: a host is logged in to once in a run',
      'play.yml:5:7  "port" is no keyword of a task, write it at the play, or set ssh_port in the inventory: a host is logged in to once in a run',
      'play.yml:6:19  a host is logged in to once in a run: a part of a play can only have connection: local, write that, or set connection at the play or in the inventory',
    ],
  ],
  ['a condition in braces', task('file.absent: {path: /x}\nwhen: "{{ a }}"'), ['play.yml:4:14  a condition is written in CEL, write a']],
  [
    'a condition that is a number',
    task('file.absent: {path: /x}\nwhen: [true, 5]'),
    ['play.yml:4:20  "when" must be a condition or a list of conditions, got the number 5'],
  ],
  [
    'a loop over a map',
    task('file.absent: {path: /x}\nloop: {a: 1}'),
    ['play.yml:4:13  "loop" must be a list or an expression that gives one, got a map, write loop: [a, b]'],
  ],
  [
    'a loop over a text',
    task('file.absent: {path: /x}\nloop: a'),
    ['play.yml:4:13  "loop" must be a list or an expression that gives one, got the string "a", write loop: [a, b]'],
  ],
  [
    'parameters in free form',
    task('file.absent: path=/x'),
    ['play.yml:3:20  file.absent takes a map of parameters, got the string "path=/x", write each as "name: value" on a line of its own'],
  ],
  [
    'parameters that are a list',
    task('file.absent: [a]'),
    ['play.yml:3:20  file.absent takes a map of parameters, got a list, write each as "name: value" on a line of its own'],
  ],
  ['no parameters', task('file.absent:'), ['play.yml:3:7  file.absent needs "path"']],
  ['a misspelt parameter', task('file.absent:\n  pth: /x'), ['play.yml:4:9  unknown parameter "pth" of file.absent, did you mean "path"?']],
  [
    'a mode without quotes',
    task('file.directory:\n  path: /x\n  mode: 0755'),
    ['play.yml:5:15  "mode" of file.directory must be four octal digits in quotes, got the number 755, write mode: "0755"'],
  ],
  ['a template that cannot be read', task('file.absent:\n  path: "/x/{{ a"'), ['play.yml:4:19  a {{ is never closed, close it with }}']],
  [
    'a template with a filter of Jinja',
    task('file.absent:\n  path: /x/{{ a | lower }}'),
    ['play.yml:4:23  {{ a | lower }} is not a template expression, write {{lower a}}'],
  ],
  [
    'a condition among parameters',
    withRole('kafka.topic: {that: ["a ==", "{{ b }}"], more: {x: "{{ y"}}'),
    [
      'play.yml:4:33  the expression ends too early, something is missing at the end',
      'play.yml:4:37  a condition is written in CEL, write b',
      'play.yml:4:59  a {{ is never closed, close it with }}',
    ],
  ],
  [
    'a misspelt module of a role',
    withRole('kafka.topc: {name: a}'),
    ['play.yml:4:7  unknown module "kafka.topc", did you mean "kafka.topic"?'],
  ],
  [
    'a parameter of a role of the wrong type',
    withRole('kafka.topic: {name: 5}'),
    ['play.yml:4:27  "name" of kafka.topic must be a string, got the number 5, write name: "5"'],
  ],
  ['an empty command', task('command: " "'), ['play.yml:3:17  the command is empty, write the program and its arguments']],
  ['a command of nothing', task('command:'), ['play.yml:3:7  command needs "cmd" or "argv"']],
  ['a command that is a number', task('command: 5'), ['play.yml:3:16  "cmd" must be a string, got the number 5, write cmd: "5"']],
  [
    'a command with cmd and argv',
    task('command: {cmd: a, argv: [a]}'),
    ['play.yml:3:25  command takes cmd or argv, not both, keep one of them'],
  ],
  ['a command without cmd or argv', task('command: {creates: /x}'), ['play.yml:3:16  command needs "cmd" or "argv"']],
  [
    'a command that is a list',
    task('command: [echo, hi]'),
    ['play.yml:3:16  command takes a map of parameters, got a list, write each as "name: value" on a line of its own'],
  ],
  ['a command with an open quote', task("command: echo 'a b"), [`play.yml:3:21  the quote ' opened here is never closed, close it with '`]],
  [
    'a command with an open expression',
    task('command: echo {{ a'),
    ['play.yml:3:21  the {{ opened here is never closed, close it with }}'],
  ],
  [
    'a command for a shell',
    task('command: cat /x | grep y >> /z && echo $HOME'),
    [
      `play.yml:3:23  command runs no shell, "|" would be an argument, write argv: [sh, -c, "…"], or quote it if it is meant: '|'`,
      `play.yml:3:32  command runs no shell, ">>" would be an argument, write argv: [sh, -c, "…"], or quote it if it is meant: '>>'`,
      `play.yml:3:38  command runs no shell, "&&" would be an argument, write argv: [sh, -c, "…"], or quote it if it is meant: '&&'`,
      `play.yml:3:46  command runs no shell, "$HOME" would be an argument, write argv: [sh, -c, "…"], or quote it if it is meant: '$HOME'`,
    ],
  ],
];
