// Cases of §1.10 on hosts and groups that tasks make: add_host and group_by.
import { play, type Case } from '../case.ts';

// `changed` is what Ansible says of it, and tsplay does not: it changes no host.
const ADDS = (name: string, groups: string): string =>
  `{name: add ${name}, add_host: {name: ${name}, groups: ${groups}, ansible_connection: local}, changed_when: false}`;
const TREE = JSON.stringify({
  all: {
    vars: { ansible_connection: 'local' },
    hosts: { n9: {} },
    children: {
      zone: { children: { web: {}, db: {} }, vars: { v: 'zone', of_zone: 'yes' } },
      web: { hosts: { n1: {}, n2: {} }, vars: { v: 'web' } },
      db: { hosts: { n3: {} } },
    },
  },
});

/** Each play after the first, on hosts by its pattern. */
const newcomers = (statement: string, tasks: string, patterns: readonly string[], more: Partial<Case> = {}): Case => ({
  statement: `§1.10 ${statement}`,
  playbook: [
    `- hosts: n1,n2,n3\n  gather_facts: false\n  tasks:\n    - ${tasks}\n`,
    ...patterns.map(
      pattern => `- hosts: ${JSON.stringify(pattern)}\n  gather_facts: false\n  tasks: [{name: says, debug: {msg: "{{ v }}"}}]\n`,
    ),
  ].join(''),
  files: { 'tree.yml': TREE, 'group_vars/all.yml': 'v: all\n' },
  inventory: 'tree.yml',
  ...more,
});

export const NEWCOMERS: readonly Case[] = [
  newcomers('a host that is added to a group is in all that the group stands in, in its place among their hosts', ADDS('m1', 'web'), [
    'web',
    'zone',
    'all',
    'ungrouped',
    'zone:!web',
  ]),
  newcomers(
    'a host that is added to no group is in ungrouped',
    `{name: add, add_host: {name: m1, ansible_connection: local}, changed_when: false}`,
    ['ungrouped', 'all'],
  ),
  newcomers('a host that group_by puts into a group is in ungrouped no longer', `{name: by, group_by: {key: made}, changed_when: false}`, [
    'ungrouped',
    'made',
    'all:!made',
  ]),
  newcomers('a child’s value outweighs its parents’ for hosts that are added', ADDS('m1', 'db'), ['db', 'zone'], {
    files: { 'tree.yml': TREE, 'group_vars/all.yml': 'v: all\n', 'group_vars/db.yml': 'v: db\n' },
  }),
  newcomers(
    'parents of group_by have the hosts that the group had before, and are outweighed by it',
    `{name: by, group_by: {key: web, parents: over}, changed_when: false, when: "inventory_hostname == 'n3'"}`,
    ['web', 'over'],
    { files: { 'tree.yml': TREE, 'group_vars/all.yml': 'v: all\n', 'group_vars/over.yml': 'v: over\n' } },
  ),
  newcomers(
    'a group that group_by makes outweighs its parents, whatever it is called',
    `{name: by, group_by: {key: a, parents: b}, changed_when: false}`,
    ['a', 'b'],
    { files: { 'tree.yml': TREE, 'group_vars/a.yml': 'v: a\n', 'group_vars/b.yml': 'v: b\n', 'group_vars/all.yml': 'v: all\n' } },
  ),
  {
    statement: '§1.10 roles run on hosts that are added, with their defaults below what the groups say',
    playbook: `- hosts: n1\n  gather_facts: false\n  tasks:\n    - ${ADDS('m1', 'web')}\n    - ${ADDS('m2', 'made')}\n${['web', 'made']
      .map(name => `- hosts: ${name}\n  gather_facts: false\n  roles: [{role: r, of_call: x}]\n`)
      .join('')}`,
    files: {
      'tree.yml': TREE,
      'roles/r/defaults/main.yml': 'v: default\nw: default\n',
      'roles/r/vars/main.yml': 'x: vars\n',
      'roles/r/tasks/main.yml':
        '- {name: says, debug: {msg: "{{ v }} {{ w }} {{ x }} {{ of_call }} {{ role_name }}"}, changed_when: true, notify: told}\n- {name: groups, debug: {msg: "{{ inventory_hostname }}"}}\n',
      'roles/r/handlers/main.yml': '- {name: told, debug: {msg: "{{ v }}"}}\n',
    },
    inventory: 'tree.yml',
  },
  {
    statement: '§1.10 a role that a task calls runs on hosts that are added',
    playbook: `- hosts: n1\n  gather_facts: false\n  tasks:\n    - ${ADDS('m1', 'web')}\n${play('  tasks: [{name: calls, include_role: {name: r}}, {name: takes, import_role: {name: r}}]\n').replace('all', 'web')}`,
    files: {
      'tree.yml': TREE,
      'roles/r/defaults/main.yml': 'v: default\n',
      'roles/r/tasks/main.yml': '- {name: says, debug: {msg: "{{ v }}"}}\n',
    },
    inventory: 'tree.yml',
  },
];
