// Cases of §1.5: blocks.
import { AWAY, play, type Case } from '../case.ts';

const block = (statement: string, text: string, more: Partial<Case> = {}): Case => ({
  statement: `§1.5 ${statement}`,
  playbook: play(`  tasks:${text}`),
  ...more,
});

const FAILS_ON_TWO = `assert: {that: ["inventory_hostname != 'n2'"]}`;
const FAILS = 'assert: {that: ["1 == 2"]}';

export const BLOCKS: readonly Case[] = [
  block(
    'rescue runs where a task failed, always everywhere',
    `
    - block: [{name: one, ${FAILS_ON_TWO}}, {name: two, debug: {msg: x}}]
      rescue: [{name: mend, debug: {msg: x}}]
      always: [{name: last, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
`,
  ),
  block(
    'ansible_failed_task stays set',
    `
    - block: [{name: one, debug: {msg: x}, failed_when: true}]
      rescue: [{name: mend, debug: {msg: "{{ ansible_failed_task.name }}"}}]
    - {name: after, debug: {msg: "{{ ansible_failed_task.name }}"}}
`,
  ),
  block(
    'a rescue that fails leaves the host failed, after always',
    `
    - block: [{name: one, ${FAILS_ON_TWO}}]
      rescue: [{name: mend, ${FAILS}}]
      always: [{name: last, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
`,
  ),
  block(
    'an always that fails leaves the host failed',
    `
    - block: [{name: one, debug: {msg: x}}]
      always: [{name: last, ${FAILS_ON_TWO}}]
    - {name: after, debug: {msg: x}}
`,
  ),
  block(
    'without a rescue always runs and the host is failed',
    `
    - block: [{name: one, ${FAILS_ON_TWO}}, {name: two, debug: {msg: x}}]
      always: [{name: last, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
`,
  ),
  block(
    'what an inner rescue cannot mend goes to the outer one',
    `
    - block:
        - block: [{name: one, ${FAILS_ON_TWO}}]
          rescue: [{name: inner, ${FAILS}}]
          always: [{name: inner last, debug: {msg: x}}]
        - {name: two, debug: {msg: x}}
      rescue: [{name: outer, debug: {msg: "{{ ansible_failed_task.name }}"}}]
      always: [{name: outer last, debug: {msg: x}}]
`,
  ),
  block(
    'ignore_errors of a block holds for its tasks, and nothing is rescued',
    `
    - block: [{name: one, ${FAILS}}, {name: two, debug: {msg: x}}]
      ignore_errors: true
      rescue: [{name: mend, debug: {msg: x}}]
`,
  ),
  block(
    'when of a block is asked before that of each task',
    `
    - block:
        - {name: one, debug: {msg: x}}
        - {name: two, debug: {msg: x}, when: "inventory_hostname != 'n1'"}
      when: "inventory_hostname in ['n1', 'n2']"
`,
  ),
  block(
    'vars of a block hold within',
    `
    - block: [{name: one, debug: {msg: "{{ a }}"}}, {name: two, debug: {msg: "{{ a }}"}, vars: {a: task}}]
      vars: {a: block}
`,
  ),
  block(
    'a task in an always after a rescue',
    `
    - block: [{name: one, ${FAILS}}]
      rescue: [{name: mend, debug: {msg: x}, changed_when: true}]
      always: [{name: last, debug: {msg: x}}]
`,
  ),
  {
    statement: '§1.5 a loop on a block',
    playbook: play(`  tasks:\n    - block: [{name: one, debug: {msg: "{{ item }}"}}]\n      loop: [1, 2]\n`),
    differs: 'design.md §10: allowed here',
  },
  block(
    'ansible_failed_result is what the task came to',
    `
    - block: [{name: one, debug: {msg: x}, failed_when: true, changed_when: true}]
      rescue: [{name: mend, debug: {msg: "{{ ansible_failed_result.changed }} {{ ansible_failed_result.failed }}"}, when: false}, {name: told, debug: {msg: "{{ ansible_failed_result.failed }}"}}]
`,
  ),
  block(
    'end_host in a rescue: rescued, and nothing has failed',
    `
    - block: [{name: one, ${FAILS_ON_TWO}}]
      rescue: [{name: mend, debug: {msg: x}}, {meta: end_host}]
    - {name: after, debug: {msg: x}}
`,
  ),
  {
    statement: '§1.5 a host that cannot be reached goes through neither rescue nor always',
    playbook: play(`
  tasks:
    - block: [{name: one, command: "true", when: "inventory_hostname == 'n2'"}]
      rescue: [{name: mend, debug: {msg: x}}]
      always: [{name: last, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
`),
    ...AWAY,
  },
  block('rescue without a block is refused', `\n    - rescue: [{name: mend, debug: {msg: x}}]\n`),
  block(
    'a task of a block notifies for itself, where it does not its block does',
    `
    - block: [{name: one, debug: {msg: x}, changed_when: true}, {name: two, debug: {msg: x}, changed_when: true, notify: b}]
      notify: a
  handlers: [{name: a, debug: {msg: x}}, {name: b, debug: {msg: x}}]
`,
  ),
  block(
    'run_once that fails in a block that has a rescue',
    `
    - block: [{name: one, ${FAILS}, run_once: true}]
      rescue: [{name: mend, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
`,
    { differs: 'docs/from-ansible.md: it has failed for all, and all are rescued' },
  ),
];
