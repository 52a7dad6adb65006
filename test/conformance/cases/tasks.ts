// Cases of §1.4: what becomes of a task.
import { AWAY, play, type Case } from '../case.ts';

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
  tasks(
    'delegate_to: the name of the host stays, and what is registered',
    `
    - {name: one, debug: {msg: "{{ inventory_hostname }}"}, delegate_to: n3, register: r}
    - {name: two, debug: {msg: "{{ r.msg }}"}}
`,
  ),
  tasks(
    'delegate_facts: what is set is the other host’s',
    `
    - {name: one, set: {v: "{{ inventory_hostname }}"}, delegate_to: n2, delegate_facts: true, when: "inventory_hostname == 'n1'"}
    - {name: two, debug: {msg: "{{ v }}"}, when: "inventory_hostname == 'n2'"}
`,
  ),
  tasks(
    'timeout: a task that takes longer has failed',
    `
    - {name: one, command: sleep 20, timeout: 1, when: "inventory_hostname == 'n1'", ignore_errors: true}
    - {name: two, debug: {msg: x}}
`,
  ),
  tasks(
    'environment: variables for what the task starts, the nearest first',
    `
    - block:
        - {name: one, command: printenv A B, environment: {B: task}, register: r, when: "inventory_hostname == 'n1'"}
      environment: {A: block, B: block}
    - {name: two, debug: {msg: "{{ r.stdout_lines }}"}, when: "inventory_hostname == 'n1'"}
`,
  ),
  tasks(
    'no_log hides the result',
    `
    - {name: one, debug: {msg: hidden}, no_log: true, register: r}
    - {name: two, debug: {msg: "{{ r.msg }}"}}
`,
  ),
  tasks(
    'module_defaults: what a task does not say, the nearest first',
    `
    - block:
        - {name: one, debug: {}}
        - {name: two, debug: {msg: own}}
      module_defaults: {debug: {msg: default}}
`,
  ),
  tasks(
    'ignore_unreachable: the host goes on',
    `
    - {name: one, command: "true", ignore_unreachable: true, register: r, when: "inventory_hostname == 'n2'"}
    - {name: two, debug: {msg: "{{ r.unreachable }}"}, when: "inventory_hostname == 'n2'"}
`,
    AWAY,
  ),
  tasks(
    'a host that cannot be reached is in no later task and no later play',
    `
    - {name: one, command: "true", ignore_errors: true, when: "inventory_hostname == 'n2'"}
    - {name: two, debug: {msg: x}}
- hosts: n1,n2
  gather_facts: false
  tasks: [{name: three, debug: {msg: x}}]
`,
    AWAY,
  ),
  tasks(
    'a loop over what is not a list has failed, and where its condition does not hold it is skipped',
    `
    - {name: one, debug: {msg: x}, loop: "{{ word.nothing }}", when: false, vars: {word: {}}}
    - {name: two, debug: {msg: x}, loop: "{{ word }}", ignore_errors: true, vars: {word: text}}
`,
  ),
  tasks(
    'register of a loop has its results, each with its item',
    `
    - {name: one, debug: {msg: "{{ item }}"}, loop: [a, b], register: r}
    - {name: two, debug: {msg: "{{ r.results.1.item }}"}}
`,
  ),
  tasks(
    'args: parameters beside those of the module',
    `
    - {name: one, debug: {}, args: {msg: x}}
`,
  ),
  tasks(
    'retries alone wait for success',
    `
    - {name: one, assert: {that: ["1 == 2"]}, retries: 1, delay: 0, register: r, ignore_errors: true}
    - {name: two, debug: {msg: "{{ r.attempts }}"}}
`,
  ),
  tasks(
    'retries: 0 asks for nothing',
    `
    - {name: one, debug: {msg: x}, until: false, retries: 0}
`,
  ),
  tasks(
    'until knows which attempt it is',
    `
    - {name: one, debug: {msg: x}, until: "r.attempts == 2", retries: 3, delay: 0, register: r}
`,
  ),
  tasks(
    'run_once that fails has failed for all',
    `
    - {name: one, assert: {that: ["1 == 2"]}, run_once: true}
    - {name: two, debug: {msg: x}}
`,
  ),
  tasks(
    'msg of what failed_when calls failed is its own',
    `
    - {name: one, debug: {msg: x}, failed_when: true, ignore_errors: true, register: r}
    - {name: two, debug: {msg: "{{ r.failed_when_result }}"}}
    - {name: three, debug: {msg: "{{ r.msg }}"}}
`,
    { differs: 'docs/from-ansible.md: the message says that failed_when holds' },
  ),
  tasks(
    'a boolean within a longer text',
    `
    - {name: one, debug: {msg: "it is {{ v }}"}, vars: {v: true}}
`,
    { differs: 'docs/from-ansible.md: it is written as YAML has it' },
  ),
  tasks(
    'async and poll',
    `
    - {name: one, command: "true", async: 10, poll: 0}
`,
    { differs: 'design.md §10: a long task is a task' },
  ),
  tasks(
    'command is always changed, creates keeps it from it',
    `
    - {name: one, command: "true", when: "inventory_hostname == 'n1'"}
    - {name: two, command: "touch /nowhere", args: {creates: /etc/passwd}, when: "inventory_hostname == 'n1'"}
`,
  ),
];
