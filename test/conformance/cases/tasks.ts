// Cases of §1.4: what becomes of a task.
import { play, type Case } from '../case.ts';

const tasks = (statement: string, text: string, more: Partial<Case> = {}): Case => ({
  statement: `§1.4 ${statement}`,
  playbook: `- hosts: n1,n2\n  gather_facts: false\n  tasks:${text}`,
  ...more,
});

export const TASKS: readonly Case[] = [
  tasks(
    'when: a list means that all hold',
    `
    - {name: both, debug: {msg: x}, when: ["1 == 1", "inventory_hostname == 'n1'"]}
    - {name: neither, debug: {msg: x}, when: [false, true]}
`,
  ),
  tasks(
    'when is asked for each item',
    `
    - {name: items, debug: {msg: "{{ item }}"}, loop: [1, 2, 3], when: "item != 2"}
`,
  ),
  tasks(
    'register is set when skipped, over an earlier value',
    `
    - {name: first, debug: {msg: x}, register: r, changed_when: true}
    - {name: second, debug: {msg: x}, register: r, when: "inventory_hostname == 'n1'"}
    - {name: third, debug: {msg: "{{ r.changed }}"}}
    - {name: fourth, debug: {msg: x}, when: "inventory_hostname == 'n2'", register: q}
    - {name: fifth, debug: {msg: "{{ q.skipped }}"}, when: "inventory_hostname == 'n1'"}
`,
  ),
  tasks(
    'changed_when and failed_when: a list means that all hold',
    `
    - {name: changed, debug: {msg: x}, changed_when: [true, "inventory_hostname == 'n1'"]}
    - {name: failed, debug: {msg: x}, failed_when: [true, "inventory_hostname == 'n1'"]}
    - {name: after, debug: {msg: x}}
`,
  ),
  tasks(
    'changed_when and failed_when see what is registered',
    `
    - {name: one, debug: {msg: x}, register: r, changed_when: "r.msg == 'x'", failed_when: "r.msg == 'y'"}
    - {name: two, debug: {msg: "{{ r.changed }}"}}
`,
  ),
  tasks(
    'failed_when: false lets what failed pass',
    `
    - {name: one, assert: {that: ["1 == 2"]}, failed_when: false}
    - {name: two, debug: {msg: x}}
`,
  ),
  tasks(
    'failed_when is asked for each item',
    `
    - {name: one, debug: {msg: x}, loop: [1, 2, 3], failed_when: "item == 2"}
    - {name: two, debug: {msg: x}}
`,
  ),
  tasks(
    'until with retries that are used up fails',
    `
    - {name: one, debug: {msg: x}, until: false, retries: 1, delay: 0, register: r, ignore_errors: true}
    - {name: two, debug: {msg: "{{ r.failed }}"}}
`,
  ),
  tasks(
    'until that holds ends it',
    `
    - {name: one, debug: {msg: x}, until: "inventory_hostname == 'n1'", retries: 2, delay: 0, register: r, ignore_errors: true}
    - {name: two, debug: {msg: "{{ r.attempts }}"}}
`,
  ),
  tasks(
    'an empty loop is skipped',
    `
    - {name: one, debug: {msg: x}, loop: [], register: r}
    - {name: two, debug: {msg: "{{ r.skipped }}"}}
`,
  ),
  tasks(
    'loop_control: loop_var, index_var',
    `
    - {name: one, debug: {msg: "{{ a }} {{ i }}"}, loop: [x, y], loop_control: {loop_var: a, index_var: i}}
`,
  ),
  tasks(
    'loop_control: extended',
    `
    - name: one
      debug: {msg: "{{ ansible_loop.index }} {{ ansible_loop.index0 }} {{ ansible_loop.revindex }} {{ ansible_loop.length }}"}
      loop: [x, y, z]
      loop_control: {extended: true}
    - {name: two, debug: {msg: x}, loop: [x, y, z], loop_control: {extended: true}, when: "ansible_loop.last"}
`,
  ),
  tasks(
    'loop_control: break_when',
    `
    - {name: one, debug: {msg: "{{ item }}"}, loop: [1, 2, 3], loop_control: {break_when: ["item == 2"]}}
`,
  ),
  tasks(
    'a loop is changed when an item is, failed when an item is',
    `
    - {name: one, debug: {msg: x}, loop: [1, 2], changed_when: "item == 2", register: r}
    - {name: two, debug: {msg: x}, loop: [1, 2], failed_when: "item == 1", ignore_errors: true, register: q}
    - {name: three, debug: {msg: "{{ r.changed }}"}}
    - {name: four, debug: {msg: "{{ q.failed }}"}}
`,
  ),
  tasks(
    'run_once: the first host of a batch does it, all have its result',
    `
    - {name: one, debug: {msg: x}, run_once: true, register: r, changed_when: true}
    - {name: two, debug: {msg: "{{ r.changed }}"}}
`,
  ),
  {
    statement: '§1.4 run_once is once for each batch',
    playbook: play(`
  serial: 2
  tasks: [{name: one, debug: {msg: x}, run_once: true}]
`),
  },
  tasks(
    'set in a run_once is set for all',
    `
    - {name: one, set: {a: "{{ inventory_hostname }}"}, run_once: true}
    - {name: two, debug: {msg: "{{ a }}"}}
`,
  ),
  tasks(
    'ignore_errors counts as ok and ignored',
    `
    - {name: one, assert: {that: ["1 == 2"]}, ignore_errors: true, register: r}
    - {name: two, debug: {msg: "{{ r.failed }}"}}
`,
  ),
  tasks(
    'vars of a task hold for it alone',
    `
    - {name: set, set: {a: outer}}
    - {name: own, debug: {msg: "{{ b }}"}, vars: {b: "{{ a }} inner"}}
`,
  ),
];
