// What is wrong with inventories and variables.
import type { LoadCase } from '../load-case.ts';

const hosts = (text: string): Readonly<Record<string, string>> => ({ 'hosts.yml': text });

export const INVENTORY_CASES: readonly LoadCase[] = [
  [
    'no such inventory',
    { 'inventories/prod/hosts.yml': 'all: {hosts: {n1: }}' },
    ['there is no inventory "prdo", did you mean "prod"?'],
    { inventory: 'prdo' },
  ],
  [
    'one of several that is not there',
    { 'inventories/prod/hosts.yml': 'all: {hosts: {n1: }}' },
    ['there is no inventory "prdo", did you mean "prod"?', 'there is no inventory "some/where.yml", make some/where.yml'],
    { inventory: ['prod', 'prdo', 'some/where.yml'] },
  ],
  ['no such path', {}, ['there is no inventory "some/where.yml", make some/where.yml'], { inventory: 'some/where.yml' }],
  [
    'an empty directory',
    { 'inventories/prod/README.md': '' },
    ['there is no inventory file in inventories/prod, make hosts.yml in it'],
    { inventory: 'prod' },
  ],
  ['no inventory at all', {}, ['play.yml:1:10  the pattern "all" needs an inventory, name one with -i'], { inventory: undefined }],
  ['an empty file', hosts(''), ['hosts.yml:1:1  the inventory "hosts.yml" names no host, write all: hosts: and a name']],
  [
    'INI: lines that mean nothing',
    {
      'hosts.ini':
        '[kafka]\nn1 a=1 b\nn2 a={{ x }}\nn3 "a=b\n[kafka:var]\nx=1\n[kafka:hosts:x]\n[]\n[my.group]\nn9\n[kafka:vars]\nalone\nansible_group_priority=high\n',
    },
    [
      'hosts.ini:2:8  expected name=value, got "b", a value with blanks stands in quotes',
      'hosts.ini:3:6  a {{ is never closed, close it with }}',
      'hosts.ini:3:9  expected name=value, got "x", a value with blanks stands in quotes',
      'hosts.ini:3:11  expected name=value, got "}}", put the whole value into quotes',
      'hosts.ini:4:1  a quote in this line is never closed, close it',
      'hosts.ini:5:1  a section cannot be "var", did you mean "vars"?',
      'hosts.ini:7:1  a section cannot be "hosts:x", did you mean "hosts"?',
      'hosts.ini:8:1  "[]" opens no section, write [group], [group:children] or [group:vars]',
      'hosts.ini:9:2  "my.group" cannot be the name of a group, use letters, digits, "-" and "_"',
      'hosts.ini:12:1  expected name=value, got "alone", a value with blanks stands in quotes',
      'hosts.ini:13:24  ansible_group_priority must be a whole number, got the string "high"',
    ],
    { inventory: 'hosts.ini' },
  ],
  [
    'INI: groups that are not there',
    { 'inventories/prod/hosts': 'n1\n[kafka]\nn1\n[brokers:children]\nkafak\nall\n[zoo:vars]\na=1\n' },
    [
      'inventories/prod/hosts:5:1  the group "kafak" has no section of its own, did you mean "kafka"?',
      'inventories/prod/hosts:6:1  the group all cannot be inside another group, name the groups themselves',
      'inventories/prod/hosts:7:1  the group "zoo" has variables and is not there, write [zoo]',
    ],
    { inventory: 'prod' },
  ],
  [
    'TOML',
    { 'hosts.toml': '[all.hosts]\n' },
    ['hosts.toml:1:1  TOML inventories are not read, write it in YAML or INI'],
    { inventory: 'hosts.toml' },
  ],
  [
    'a priority where it weighs nothing',
    { ...hosts('kafka: {hosts: {n1: }}\n'), 'group_vars/kafka.yml': 'ansible_group_priority: 5\n' },
    [
      'note: group_vars/kafka.yml:1:1  "ansible_group_priority" is passed over, it weighs a group only where the inventory itself writes the variables of the group',
    ],
  ],
  [
    'a program',
    { 'inventories/prod': '#!/bin/sh\n' },
    ['inventories/prod:1:1  inventories that are programs come in a later release, write it in YAML'],
    { inventory: 'prod' },
  ],
  ['a list', hosts('[n1]\n'), ['hosts.yml:1:1  an inventory must be a map, got a list, write "all:" and hosts: below it']],
  [
    'hosts outside a group',
    hosts('hosts: {n1: }\nvars: {a: 1}\n'),
    [
      'hosts.yml:1:1  "hosts" stands outside a group, write it below all:',
      'hosts.yml:2:1  "vars" stands outside a group, write it below all:',
    ],
  ],
  [
    'a misspelt key of a group',
    hosts('kafka:\n  host: {n1: }\n'),
    ['hosts.yml:2:3  unknown key "host" of group kafka, did you mean "hosts"?'],
  ],
  [
    'hosts without hosts',
    hosts('kafka:\n  n1:\n'),
    ['hosts.yml:2:3  unknown key "n1" of group kafka, a group takes hosts, vars and children'],
  ],
  [
    'hosts as a list',
    hosts('kafka:\n  hosts: [n1]\n'),
    ['hosts.yml:2:10  hosts of group kafka must be a map, got a list, write each host as a key: "n1:"'],
  ],
  [
    'a group that is a text',
    hosts('kafka: n1\n'),
    ['hosts.yml:1:8  group kafka must be a map, got the string "n1", write hosts: below kafka:'],
  ],
  [
    'children as a list',
    hosts('all:\n  children: [kafka]\n'),
    ['hosts.yml:2:13  children of group all must be a map, got a list, write each group as a key: "kafka:"'],
  ],
  [
    'vars as a list',
    hosts('all:\n  hosts: {n1: }\n  vars: [a]\n'),
    ['hosts.yml:3:9  vars of group all must be a map of variables, got a list, write name: value'],
  ],
  [
    'a host with an address only',
    hosts('all:\n  hosts:\n    n1: 10.0.0.1\n    n2: [a]\n'),
    [
      'hosts.yml:3:9  host n1 must be a map of variables, got the string "10.0.0.1", write n1: {address: 10.0.0.1}',
      'hosts.yml:4:9  host n2 must be a map of variables, got a list, write n2: {address: …}',
    ],
  ],
  [
    'what is indented too far',
    hosts('all:\n  hosts:\n    n1:\n      n2:\n    n2:\n    children:\n      web:\n'),
    [
      'hosts.yml:4:7  "n2" is a host, and stands here as a variable of host n1 without a value, indent it like n1:',
      'hosts.yml:6:5  "children" stands among the hosts of group all, indent it like hosts:',
    ],
  ],
  [
    'names',
    hosts('all:\n  hosts: {"n 1": , "a:b": }\n"my group": {hosts: {n1: }}\n'),
    [
      'hosts.yml:2:12  "n 1" cannot be the name of a host, use letters, digits, "-", "_" and "."; an address goes into the variable address',
      'hosts.yml:2:21  "a:b" cannot be the name of a host, use letters, digits, "-", "_" and "."; an address goes into the variable address',
      'hosts.yml:3:2  "my group" cannot be the name of a group, use letters, digits, "-" and "_"',
    ],
  ],
  [
    'ranges',
    hosts(
      'all:\n  hosts: {"n[3:1]": , "n[a:3]": , "n[01:100]": , "n[x]": , "n[1:3:0]": , "n[1:99999]": , "n[1:999][1:999]": , "n[1:b]": }\n',
    ),
    [
      'hosts.yml:2:12  the range [3:1] runs backwards, write it like [1:3], [01:12] or [a:f]',
      'hosts.yml:2:24  the range [a:3] mixes letters and numbers, write it like [1:3], [01:12] or [a:f]',
      'hosts.yml:2:36  the range [01:100] has ends of different width, write it like [1:3], [01:12] or [a:f]',
      'hosts.yml:2:51  the range [x] cannot be read, write it like [1:3], [01:12] or [a:f]',
      'hosts.yml:2:61  the range [1:3:0] never ends, write it like [1:3], [01:12] or [a:f]',
      'hosts.yml:2:75  the range [1:99999] stands for more than 65536 hosts, write it like [1:3], [01:12] or [a:f]',
      'hosts.yml:2:91  the range [1:999] stands for more than 65536 hosts, write it like [1:3], [01:12] or [a:f]',
      'hosts.yml:2:112  the range [1:b] mixes letters and numbers, write it like [1:3], [01:12] or [a:f]',
    ],
  ],
  [
    'groups that contain each other',
    hosts('a: {children: {b: }}\nb: {children: {c: }}\nc: {children: {a: }}\n'),
    ['hosts.yml:3:16  groups contain each other: a > b > c > a, remove one of these children'],
  ],
  [
    'all inside a group',
    hosts('a: {children: {all: }, hosts: {n1: }}\n'),
    ['hosts.yml:1:16  the group all cannot be inside another group, name the groups themselves'],
  ],
  [
    'connection variables',
    hosts(
      'all:\n  hosts:\n    n1: {ssh_port: "22", ssh_host_key: no, connection: telnet, become: yes, address: 10, ssh_key: 5, connect_timeout: 0}\n',
    ),
    [
      'hosts.yml:3:21  "ssh_port" must be a whole number, got the string "22", write ssh_port: 22',
      'hosts.yml:3:40  "ssh_host_key" must be one of strict, accept-new, got the string "no"',
      'hosts.yml:3:56  "connection" must be one of ssh, ssh2, openssh, local, got the string "telnet"',
      'hosts.yml:3:72  "become" must be true or false, got the string "yes", write become: true',
      'hosts.yml:3:86  "address" must be a string, got the number 10, write address: "10"',
      'hosts.yml:3:99  "ssh_key" must be a string or a list, got the number 5',
      'hosts.yml:3:119  "connect_timeout" must be at least 1, got the number 0',
    ],
  ],
  [
    'the same variable twice',
    hosts('all:\n  hosts:\n    n1: {address: a, ansible_host: b}\n'),
    ['hosts.yml:3:22  "ansible_host" and "address" are the same variable, keep address'],
  ],
  ['the same variable twice, and the same is meant', hosts('all:\n  hosts:\n    n1: {ansible_ssh_port: "22", ansible_port: 22}\n'), []],
  [
    "a connection variable of Ansible's that is not read",
    hosts('all:\n  vars: {ansible_become_flags: -n}\n  hosts: {n1: }\n'),
    ['hosts.yml:2:10  the variable "ansible_become_flags" is not read here, remove it: another user is become once for a whole session'],
  ],
  [
    'arguments for ssh that mean nothing here',
    hosts(
      'all:\n  vars:\n    ansible_ssh_common_args: -o KexAlgorithms=+x -A -J outer -L 1:b:2\n    ansible_ssh_extra_args: "-o ForwardAgent=yes more"\n  hosts: {n1: }\n',
    ),
    [
      'hosts.yml:3:30  "-o KexAlgorithms=+x" in ssh_common_args cannot be followed, remove it, or write it into ~/.ssh/config and set connection: openssh',
      'hosts.yml:3:30  "-A" in ssh_common_args cannot be followed, no agent is forwarded: fetch what needs it to this machine, or give the host a key of its own',
      'hosts.yml:3:30  "-L 1:b:2" in ssh_common_args cannot be followed, remove it, or write it into ~/.ssh/config and set connection: openssh',
      'hosts.yml:4:30  "-o ForwardAgent=yes" in ssh_extra_args cannot be followed, no agent is forwarded: fetch what needs it to this machine, or give the host a key of its own',
      'hosts.yml:4:30  "more" in ssh_extra_args cannot be followed, remove it, or write it into ~/.ssh/config and set connection: openssh',
    ],
  ],
  [
    'arguments for ssh that mean something here, or nothing at all',
    hosts(
      `all:\n  vars: {ansible_ssh_common_args: '-o ProxyCommand="ssh -W %h:%p -q outer" -C -qtt -o ControlMaster=auto -o StrictHostKeyChecking=no', ansible_ssh_args: "-A {{ more }}"}\n  hosts: {n1: }\n`,
    ),
    [],
  ],
  [
    'variables that are passed over: once, however many hosts have them',
    hosts('all:\n  vars: {ansible_python_interpreter: /x}\n  hosts: {n1: {ansible_python_interpreter: /y}}\n'),
    ['note: hosts.yml:2:10  "ansible_python_interpreter" is passed over, no host needs Python here'],
  ],
  [
    'other variables of Ansible: in one line',
    hosts(
      'all:\n  vars: {ansible_network_os: eos}\n  hosts: {n1: {ansible_winrm_port: 1}, n2: {ansible_winrm_port: 2, ansible_network_os: ios, ansible_x: }}\n',
    ),
    [
      'note: hosts.yml:2:10  variables of Ansible change nothing here, got ansible_network_os, ansible_winrm_port, ansible_x, remove those that no template reads',
    ],
  ],
  [
    'shells',
    hosts(
      'all:\n  vars: {ansible_shell_type: bash}\n  hosts: {n1: {ansible_shell_type: sh}, n2: {ansible_shell_type: fish}, n3: {ansible_shell_type: fish}}\n',
    ),
    ['note: hosts.yml:3:46  "ansible_shell_type" is passed over, a host is spoken to in sh, not in fish'],
  ],
  [
    'a shell of Windows',
    hosts('all:\n  hosts: {n1: {ansible_shell_type: powershell}}\n'),
    [
      'hosts.yml:2:16  ansible_shell_type names no shell that stands beside sh, got the string "powershell", remove it for a host of Unix; others cannot be managed',
    ],
  ],
  [
    'host keys that nobody checks',
    hosts('all:\n  vars: {ansible_host_key_checking: no}\n  hosts: {n1: {ansible_ssh_host_key_checking: true}, n2: }\n'),
    [
      'note: hosts.yml:2:37  "ansible_host_key_checking" is false, a host key that is not known is recorded, one that has changed is refused all the same',
    ],
  ],
  [
    "values of Ansible's that mean nothing",
    hosts('all:\n  hosts: {n1: {ansible_port: ssh, ansible_become: maybe, ansible_connection: winrm}}\n'),
    [
      'hosts.yml:2:30  "ssh_port" must be a whole number, got the string "ssh"',
      'hosts.yml:2:51  "become" must be true or false, got the string "maybe"',
      'hosts.yml:2:78  "connection" must be one of ssh, ssh2, openssh, local, got the string "winrm"',
    ],
  ],
  [
    'ports behind names',
    hosts('all: {hosts: {"n1:0": , "n2:70000": , "a:b:22": }}\n'),
    [
      'hosts.yml:1:16  "n1:0" names a port that cannot be, got 0, write one from 1 to 65535',
      'hosts.yml:1:26  "n2:70000" names a port that cannot be, got 70000, write one from 1 to 65535',
      'hosts.yml:1:40  "a:b:22" cannot be the name of a host, use letters, digits, "-", "_" and "."; an address goes into the variable address',
    ],
  ],
  [
    'a misspelt file of group_vars',
    { ...hosts('kafka: {hosts: {n1: }}\n'), 'group_vars/kafak.yml': 'a: 1\n', 'group_vars/elsewhere.yml': 'a: 1\n' },
    ['note: group_vars/kafak.yml:1:1  no group or host of this inventory is called "kafak", did you mean "kafka"?'],
  ],
  [
    'a file of group_vars that is a list',
    { 'group_vars/all.yml': '- a\n' },
    ['group_vars/all.yml:1:1  the file must be a map of variables, got a list, write name: value'],
  ],
  [
    'an encrypted file',
    { 'group_vars/all/secret.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' },
    ['group_vars/all/secret.yml:1:1  encrypted files cannot be read yet, give the values with -e @file'],
  ],
  [
    'an encrypted value',
    { 'group_vars/all.yml': 'a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n' },
    ['group_vars/all.yml:1:4  !vault values cannot be read yet, give the value with -e or keep it in a file of its own'],
  ],
  [
    'a host list',
    {},
    [
      '-i:1:4  "n 2" cannot be the name of a host, use letters, digits, "-", "_" and "."; an address goes into the variable address',
      '-i:1:8  the range [2:1] runs backwards, write it like [1:3], [01:12] or [a:f]',
    ],
    { inventory: 'n1,n 2,n[2:1],' },
  ],
  [
    'a pattern that matches nothing',
    { 'play.yml': '- hosts: kafak\n', ...hosts('kafka: {hosts: {n1: }}\n') },
    ['play.yml:1:10  the pattern "kafak" matches no host or group, did you mean "kafka" (hosts.yml:1:1)?'],
  ],
  ['a wildcard that matches nothing', { 'play.yml': '- hosts: web*\n' }, ['play.yml:1:10  the pattern "web*" matches no host or group']],
  [
    'what is left out matches nothing',
    { 'play.yml': '- hosts: all:!n9:!web*\n' },
    ['play.yml:1:10  the pattern "n9" matches no host or group, did you mean "n1" (hosts.yml:1:15)?'],
  ],
  [
    'a group without hosts',
    { 'play.yml': '- hosts: web\n', ...hosts('all: {hosts: {n1: }}\nweb:\n') },
    ['play.yml:1:10  the pattern "web" leaves no host, put hosts into web (hosts.yml:2:1)'],
  ],
  [
    'an intersection that is empty',
    { 'play.yml': '- hosts: n1:&n2\n', ...hosts('all: {hosts: {n1: , n2: }}\n') },
    ['play.yml:1:10  the pattern "n1:&n2" leaves no host'],
  ],
  [
    'a subscript that goes too far',
    { 'play.yml': '- hosts: all[1]\n- hosts: all[5:]\n- hosts: all[0]\n' },
    [
      'play.yml:1:10  the pattern "all[1]" takes none of the 1 host there, the first is [0], the last is [-1]',
      'play.yml:2:10  the pattern "all[5:]" takes none of the 1 host there, the first is [0], the last is [-1]',
    ],
  ],
  ['a regular expression that is none', { 'play.yml': '- hosts: ~n(\n' }, ['play.yml:1:10  the pattern "~n(" is no regular expression']],
  ['a pattern of nothing', { 'play.yml': '- hosts: ","\n' }, ['play.yml:1:11  the pattern is empty, write a host, a group or all']],
  ['a limit that matches nothing', {}, ['the limit "n2" matches no host or group, did you mean "n1" (hosts.yml:1:15)?'], { limit: 'n2' }],
  [
    'a limit that leaves nothing',
    { 'play.yml': '- hosts: n1\n', ...hosts('all: {hosts: {n1: , n2: }}\n') },
    ['the limit "n2" leaves no host of any play'],
    { limit: 'n2' },
  ],
  ['a limit from a file that is not there', {}, ['cannot read failed: there is no such file'], { limit: '@failed' }],
  ['a limit that is empty', {}, ['the limit is empty, write a host, a group or all'], { limit: ' ' }],
  [
    '-e of no shape',
    {},
    [`-e takes name=value, a map in YAML or JSON, or @file, got "kafka", write -e name=value or -e '{"name": value}'`],
    { extraVars: ['kafka'] },
  ],
  ['-e with an open quote', {}, ['a quote in -e is never closed, got "a=\\"b c", close it'], { extraVars: ['a="b c'] }],
  ['-e of a list', {}, [`-e:1:1  -e takes a map of variables, got a list, write -e '{"name": value}'`], { extraVars: ['[a]'] }],
  ['-e that is not JSON', {}, ['-e:1:1  the { opened here is never closed, close it with }'], { extraVars: ['{"a": '] }],
  [
    '-e with names that cannot be',
    {},
    [
      '-e:1:1  "a-b" cannot be the name of a variable, write a_b',
      '-e:1:7  "groups" cannot be set, it is always there, choose another name',
    ],
    { extraVars: ['a-b=1 groups=2'] },
  ],
  ['-e from a file that is not there', {}, ['cannot read more.yml: there is no such file'], { extraVars: ['@more.yml'] }],
  [
    '-e from a file that is a list',
    { 'more.yml': '[a]\n' },
    ['more.yml:1:1  more.yml must be a map of variables, got a list, write name: value'],
    { extraVars: ['@more.yml'] },
  ],
];
