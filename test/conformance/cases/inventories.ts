// Cases of §1.10: hosts, groups and patterns.
import { play, type Case } from '../case.ts';

const GROUPS = JSON.stringify({
  all: {
    vars: { ansible_connection: 'local' },
    hosts: { n9: {} },
    children: {
      web: { hosts: { n1: {}, n2: {}, n3: {} }, vars: { v: 'web' } },
      db: { hosts: { n3: {}, n4: {}, dn1: {} }, vars: { v: 'db' } },
      both: { children: { web: {}, db: {} }, vars: { v: 'both', w: 'both' } },
    },
  },
});

const SAYS = '  tasks: [{name: one, debug: {msg: "{{ v }}"}}]\n';

const chosen = (pattern: string): Case => ({
  statement: '§1.10 patterns: unions, then intersections, then exclusions, in whatever order; globs, ranges, expressions, subscripts',
  playbook: `- hosts: ${JSON.stringify(pattern)}\n  gather_facts: false\n  tasks: [{name: one, debug: {msg: x}}]\n`,
  files: { 'groups.yml': GROUPS },
  inventory: 'groups.yml',
});

const limited = (limit: string): Case => ({
  statement: '§1.10 --limit leaves what its pattern and that of the play have in common',
  playbook: play('  tasks: [{name: one, debug: {msg: x}}]\n'),
  files: { 'groups.yml': GROUPS, limits: 'n4\nn2\n' },
  inventory: 'groups.yml',
  args: ['--limit', limit],
});

const ini = (statement: string, text: string, variable = 'v'): Case => ({
  statement: `§1.10 INI: ${statement}`,
  playbook: play(`  tasks: [{name: one, debug: {msg: "{{ ${variable} }}"}}]\n`),
  files: { hosts: `${text}\n[all:vars]\nansible_connection=local\n` },
  inventory: 'hosts',
});

export const INVENTORIES: readonly Case[] = [
  ...[
    'web',
    'web:db',
    'web,db',
    'web:&db',
    'web:!db',
    '!n1:web',
    '&db:web',
    '!n1',
    'all:!both',
    'n*',
    '*1',
    'n[!12]',
    '~n[12]',
    '~.1',
    'web[0]',
    'web[-1]',
    'web[0:1]',
    'web[1:]',
    'db,,n1',
    'n4,n1',
    'n4,web',
    'ungrouped',
  ].map(chosen),
  ...['web', 'n4,n1', 'all:!n1', '@limits', '~n[34]'].map(limited),
  ini('children, variables, hosts of no group first', '[a]\nn2 v=host\nn1\n[b:children]\na\n[b:vars]\nv=group\n[c]\nn0\n[c:vars]\nv=c\n'),
  ini('hosts of no group come first', 'n5 v=1\n[a]\nn2 v=2\nn1 v=3\n'),
  ini(
    'values are numbers, booleans and lists where they read as such',
    'n1 v=7\nn2 v=True\nn3 v=no\nn4 v="[1, 2]"\nn5 v="a b"\nn6 v=0x10\nn7 v=None',
  ),
  ini('values of groups are read alike', '[a]\nn1\n[b]\nn2\n[c]\nn3\n[a:vars]\nv=7\n[b:vars]\nv=True\n[c:vars]\nv=no\n'),
  ini('comments', '# one\n; two\nn1 v=a # three\n'),
  ini('ranges: inclusive, zeros keep the width, letters, steps, several', 'n[01:03] v=a\nm[a:c] v=b\nx[1:9:4] v=c\ny[1:2][a:b] v=d\n'),
  {
    statement: '§1.10 a range that has no end, and a group that is nowhere, are refused',
    playbook: play('  tasks: [{name: one, debug: {msg: x}}]\n'),
    files: { hosts: 'n1 ansible_connection=local\n[nowhere:vars]\nv=1\n' },
    inventory: 'hosts',
    differs: 'design.md §10: an error before anything is touched; Ansible warns and has no hosts',
  },
  {
    statement: '§1.10 YAML: a child’s value outweighs its parents’, the later name its siblings’',
    playbook: `- hosts: both\n  gather_facts: false\n${SAYS}`,
    files: { 'groups.yml': GROUPS },
    inventory: 'groups.yml',
  },
  {
    statement: '§1.10 ansible_group_priority outweighs the name',
    playbook: `- hosts: n1\n  gather_facts: false\n${SAYS}`,
    files: {
      'hosts.yml':
        'a: {hosts: {n1: {ansible_connection: local}}, vars: {v: a, ansible_group_priority: 10}}\nb: {hosts: {n1: }, vars: {v: b}}\n',
    },
    inventory: 'hosts.yml',
  },
  {
    statement: '§1.10 a map of variables is replaced, not merged',
    playbook: `- hosts: n1\n  gather_facts: false\n${SAYS}`,
    files: { 'hosts.yml': 'a: {hosts: {n1: {ansible_connection: local, v: {y: 2}}}, vars: {v: {x: 1}}}\n' },
    inventory: 'hosts.yml',
  },
  {
    statement: '§1.10 a list of hosts with commas is an inventory',
    playbook: play('  connection: local\n  tasks: [{name: one, debug: {msg: "{{ inventory_hostname }}"}}]\n').replace(
      '  connection: local\n',
      '',
    ),
    inventory: 'n2,n1,',
  },
  {
    statement: '§1.10 a directory is all its files',
    playbook: play(SAYS),
    files: {
      'inv/a.yml': 'web: {hosts: {n1: {ansible_connection: local}}}\n',
      'inv/b': '[web]\nn2 ansible_connection=local\n[web:vars]\nv=b\n',
      'inv/c.bak': 'n3\n',
      'inv/group_vars/all.yml': 'v: all\n',
      'inv/host_vars/n2.yml': 'v: n2\n',
    },
    inventory: 'inv',
  },
  {
    statement: '§1.10 group_vars may be a folder, its files in their order',
    playbook: play(SAYS),
    files: { 'group_vars/all/a.yml': 'v: a\n', 'group_vars/all/b.yml': 'v: b\n' },
  },
  {
    statement: '§1.10 localhost is there without being named, and is not in all',
    playbook: `- hosts: localhost\n  gather_facts: false\n  tasks: [{name: one, debug: {msg: "{{ inventory_hostname }}"}}]\n${play('  tasks: [{name: two, debug: {msg: x}}]\n')}`,
  },
  {
    statement: '§1.10 a pattern that matches nothing',
    playbook: '- hosts: nobody\n  gather_facts: false\n  tasks: [{name: one, debug: {msg: x}}]\n',
    differs: 'design.md §10: an error before anything is touched',
  },
  {
    statement: '§1.10 order of hosts: groups as they are walked, hosts of none first',
    playbook: play('  tasks: [{name: one, debug: {msg: x}}]\n'),
    files: { 'groups.yml': GROUPS },
    inventory: 'groups.yml',
  },
];
