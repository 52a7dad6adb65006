// Cases of §1.3: how hosts go through a play.
import { play, type Case } from '../case.ts';

export const PLAYS: readonly Case[] = [
  {
    statement: '§1.3 pre_tasks, flush, tasks, flush, post_tasks, flush',
    playbook: play(`
  post_tasks: [{name: last, debug: {msg: x}, changed_when: true, notify: h}]
  tasks: [{name: middle, debug: {msg: x}, changed_when: true, notify: h}]
  pre_tasks: [{name: first, debug: {msg: x}, changed_when: true, notify: h}]
  handlers: [{name: h, debug: {msg: h}}]
`),
  },
  ...['inventory', 'reverse_inventory', 'sorted', 'reverse_sorted'].map(order => ({
    statement: `§1.3 order: ${order}`,
    playbook: play(`  order: ${order}\n  tasks: [{name: one, debug: {msg: x}}]\n`),
  })),
  ...['2', '"25%"', '[1, "50%"]', '[1, 2]'].map(serial => ({
    statement: '§1.3 serial: a number, a share of all hosts, a list whose last item repeats',
    playbook: play(`  serial: ${serial}\n  tasks: [{name: one, debug: {msg: x}}, {name: two, debug: {msg: x}}]\n`),
  })),
  {
    statement: '§1.3 a batch that fails as a whole ends the playbook',
    playbook:
      play(`
  serial: 2
  tasks: [{name: one, assert: {that: ["inventory_hostname in ['n3', 'n4']"]}}]
`) + play('  tasks: [{name: next play, debug: {msg: x}}]\n'),
  },
  {
    statement: '§1.3 a batch that fails in part does not end the playbook',
    playbook:
      play(`
  serial: 2
  tasks: [{name: one, assert: {that: ["inventory_hostname != 'n1'"]}}, {name: two, debug: {msg: x}}]
`) + play('  tasks: [{name: next play, debug: {msg: x}}]\n'),
  },
  ...[24, 25, 49, 50].map(share => ({
    statement: '§1.3 max_fail_percentage: more than that share of a batch ends the play',
    playbook: play(`
  max_fail_percentage: ${share}
  tasks: [{name: one, assert: {that: ["inventory_hostname != 'n2'"]}}, {name: two, debug: {msg: x}}]
`),
  })),
  {
    statement: '§1.3 max_fail_percentage counts in each batch',
    playbook: play(`
  serial: 2
  max_fail_percentage: 49
  tasks: [{name: one, assert: {that: ["inventory_hostname != 'n3'"]}}, {name: two, debug: {msg: x}}]
`),
  },
  {
    statement: '§1.3 any_errors_fatal: one that fails ends it for all',
    playbook: play(`
  any_errors_fatal: true
  tasks: [{name: one, assert: {that: ["inventory_hostname != 'n2'"]}}, {name: two, debug: {msg: x}}]
`),
  },
  {
    statement: '§1.3 a host that failed is in no later play',
    playbook:
      play(`  tasks: [{name: one, assert: {that: ["inventory_hostname != 'n2'"]}}]\n`) + play('  tasks: [{name: two, debug: {msg: x}}]\n'),
  },
  {
    statement: '§1.3 where all hosts of a play failed, no later play runs',
    playbook: play(`  tasks: [{name: one, assert: {that: ["1 == 2"]}}]\n`) + play('  tasks: [{name: two, debug: {msg: x}}]\n'),
  },
  {
    statement: '§1.3 import_playbook brings plays, with its variables and tags',
    playbook: `- {import_playbook: other.yml, vars: {v: import}, tags: a}\n${play('  tasks: [{name: two, debug: {msg: x}}]\n')}`,
    files: { 'other.yml': play('  tasks: [{name: one, debug: {msg: "{{ v }}"}}]\n') },
    args: ['--tags', 'a'],
  },
  {
    statement: '§1.3 import_playbook: its condition is that of each task',
    playbook: `- {import_playbook: other.yml, when: "inventory_hostname == 'n2'"}\n`,
    files: { 'other.yml': play('  tasks: [{name: one, debug: {msg: x}}]\n') },
  },
  {
    statement: '§1.3 throttle changes nothing of what is done',
    playbook: play('  tasks: [{name: one, debug: {msg: x}, throttle: 1}, {name: two, debug: {msg: x}}]\n'),
  },
  {
    statement: '§1.3 vars_prompt asks nothing that -e gives',
    playbook: play('  vars_prompt: [{name: v, prompt: which, private: false}]\n  tasks: [{name: one, debug: {msg: "{{ v }}"}}]\n'),
    args: ['-e', 'v=given'],
  },
  {
    statement: '§1.3 strategy: free lets one host go on by itself',
    playbook: `- hosts: n1\n  gather_facts: false\n  strategy: free\n  tasks: [{name: one, debug: {msg: x}, changed_when: true, notify: h}, {name: two, debug: {msg: x}}]\n  handlers: [{name: h, debug: {msg: x}}]\n`,
  },
  {
    statement: '§1.3 strategy: host_pinned has one host go through the play before the next',
    playbook: play('  strategy: host_pinned\n  tasks: [{name: one, debug: {msg: x}}, {name: two, debug: {msg: x}}]\n'),
    isOrderFree: true,
  },
  {
    statement: '§1.3 vars of a play, and words of the play that all its tasks have',
    playbook: play(
      `  vars: {v: play}\n  ignore_errors: true\n  tasks: [{name: one, debug: {msg: "{{ v }}"}}, {name: two, assert: {that: ["1 == 2"]}}, {name: three, assert: {that: ["1 == 2"]}, ignore_errors: false}]\n`,
    ),
  },
  {
    statement: '§1.3 gather_facts is a task of its own',
    playbook: '- hosts: n1\n  gather_facts: true\n  tasks: [{name: one, debug: {msg: x}}]\n',
    differs: 'docs/from-ansible.md: facts are read when an expression asks for them',
  },
  {
    statement: '§1.3 any_errors_fatal: where a block has a rescue, all go through it',
    playbook: play(`
  tasks:
    - block:
        - {name: one, assert: {that: ["inventory_hostname != 'n2'"]}, any_errors_fatal: true}
        - {name: two, debug: {msg: x}}
      rescue: [{name: mend, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
`),
  },
  {
    statement: '§1.3 max_fail_percentage counts what fails in a block that has an always',
    playbook: play(`
  max_fail_percentage: 0
  tasks:
    - block: [{name: one, assert: {that: ["inventory_hostname != 'n2'"]}}]
      always: [{name: last, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
`),
    differs: 'docs/from-ansible.md: it is kept there, too',
  },
];
