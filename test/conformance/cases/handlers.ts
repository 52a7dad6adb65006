// Cases of §1.6: handlers.
import { AWAY, play, type Case } from '../case.ts';

const NOTIFIES = 'debug: {msg: x}, changed_when: true';
const FAILS_ON_TWO = `assert: {that: ["inventory_hostname != 'n2'"]}`;

const handlers = (statement: string, tasks: string, list: string, more: Partial<Case> = {}): Case => ({
  statement: `§1.6 ${statement}`,
  playbook: play(`  tasks:${tasks}  handlers:${list}`),
  ...more,
});

export const HANDLERS: readonly Case[] = [
  handlers(
    'run in the order they are defined in, once',
    `
    - {name: one, ${NOTIFIES}, notify: [b, a]}
    - {name: two, ${NOTIFIES}, notify: a}
`,
    `
    - {name: a, debug: {msg: x}}
    - {name: b, debug: {msg: x}}
    - {name: c, debug: {msg: x}}
`,
  ),
  handlers(
    'only where something changed',
    `
    - {name: one, debug: {msg: x}, changed_when: "inventory_hostname == 'n3'", notify: a}
    - {name: two, debug: {msg: x}, notify: a}
`,
    `
    - {name: a, debug: {msg: x}}
`,
  ),
  handlers(
    'an empty list cancels what the block notifies',
    `
    - block:
        - {name: one, debug: {msg: x}, changed_when: "inventory_hostname == 'n3'"}
        - {name: two, ${NOTIFIES}, notify: []}
        - {name: three, debug: {msg: x}, changed_when: "inventory_hostname == 'n4'", notify: b}
      notify: a
    - block:
        - {name: four, debug: {msg: x}, changed_when: "inventory_hostname == 'n2'"}
      notify: []
`,
    `
    - {name: a, debug: {msg: x}}
    - {name: b, debug: {msg: x}}
`,
  ),
  handlers(
    'listen: all that listen run, in their order',
    `
    - {name: one, ${NOTIFIES}, notify: topic}
`,
    `
    - {name: a, debug: {msg: x}, listen: topic}
    - {name: b, debug: {msg: x}}
    - {name: c, debug: {msg: x}, listen: topic}
`,
  ),
  handlers(
    'a handler notifies a later one, in the same flush',
    `
    - {name: one, ${NOTIFIES}, notify: a}
`,
    `
    - {name: a, ${NOTIFIES}, notify: b}
    - {name: b, debug: {msg: x}}
`,
  ),
  {
    statement: '§1.6 a handler notifies an earlier one, which runs at the next flush',
    playbook: play(`
  tasks: [{name: one, ${NOTIFIES}, notify: b}]
  post_tasks: [{name: post, debug: {msg: x}}]
  handlers: [{name: a, debug: {msg: x}}, {name: b, ${NOTIFIES}, notify: a}]
`),
  },
  handlers(
    'a host that failed loses what it was notified of',
    `
    - {name: one, ${NOTIFIES}, notify: a}
    - {name: two, ${FAILS_ON_TWO}}
`,
    `
    - {name: a, debug: {msg: x}}
`,
  ),
  {
    statement: '§1.6 force_handlers: a host that failed runs them',
    playbook: play(`
  force_handlers: true
  tasks: [{name: one, ${NOTIFIES}, notify: a}, {name: two, ${FAILS_ON_TWO}}]
  handlers: [{name: a, debug: {msg: x}}]
`),
  },
  handlers(
    'a loop notifies when an item changed',
    `
    - {name: one, debug: {msg: x}, loop: [1, 2], changed_when: "item == 2", notify: a}
`,
    `
    - {name: a, debug: {msg: x}}
`,
  ),
  handlers(
    'when of a handler is asked',
    `
    - {name: one, ${NOTIFIES}, notify: a}
`,
    `
    - {name: a, debug: {msg: x}, when: "inventory_hostname == 'n1'"}
`,
  ),
  handlers(
    'a handler that fails, fails its host',
    `
    - {name: one, ${NOTIFIES}, notify: [a, b]}
`,
    `
    - {name: a, ${FAILS_ON_TWO}}
    - {name: b, debug: {msg: x}}
`,
  ),
  handlers(
    'tags do not touch handlers',
    `
    - {name: one, ${NOTIFIES}, notify: a, tags: t}
    - {name: two, debug: {msg: x}}
`,
    `
    - {name: a, debug: {msg: x}, tags: never}
`,
    { args: ['--tags', 't'] },
  ),
  handlers(
    'meta: flush_handlers runs them at once',
    `
    - {name: one, ${NOTIFIES}, notify: a}
    - meta: flush_handlers
    - {name: two, ${NOTIFIES}, notify: a}
`,
    `
    - {name: a, debug: {msg: x}}
`,
  ),
  {
    ...handlers(
      'a handler may be a file of tasks',
      `\n    - {name: one, ${NOTIFIES}, notify: a}\n`,
      `\n    - {name: a, include_tasks: more.yml}\n`,
    ),
    files: { 'more.yml': '- {name: first, debug: {msg: x}}\n- {name: second, debug: {msg: x}}\n' },
  },
  handlers(
    'two of one name',
    `
    - {name: one, ${NOTIFIES}, notify: a}
`,
    `
    - {name: a, debug: {msg: first}}
    - {name: a, debug: {msg: last}}
`,
    { differs: 'docs/from-ansible.md: an error before anything is touched' },
  ),
  handlers(
    'a name is worked out for each item',
    `
    - {name: one, debug: {msg: x}, loop: [a, b], changed_when: "item == 'b'", notify: "h{{ item }}"}
`,
    `
    - {name: ha, debug: {msg: x}}
    - {name: hb, debug: {msg: x}}
`,
    { differs: 'docs/from-ansible.md: items that have changed nothing notify nobody' },
  ),
  handlers('one that is not there', `\n    - {name: one, ${NOTIFIES}, notify: nobody}\n`, `\n    - {name: a, debug: {msg: x}}\n`),
  handlers(
    'a handler may be a block',
    `\n    - {name: one, ${NOTIFIES}, notify: a}\n`,
    `\n    - {name: a, block: [{name: b, debug: {msg: x}}]}\n`,
    { differs: 'docs/from-ansible.md: allowed here' },
  ),
  handlers(
    'meta: flush_handlers is no handler',
    `\n    - {name: one, ${NOTIFIES}, notify: a}\n`,
    `\n    - {name: a, meta: flush_handlers}\n`,
    { differs: 'docs/from-ansible.md: an error before anything is touched' },
  ),
  {
    statement: '§1.6 --force-handlers does as force_handlers does, which outweighs it',
    playbook: ['', '  force_handlers: false\n']
      .map(force =>
        play(
          `${force}  tasks: [{name: one, ${NOTIFIES}, notify: a}, {name: two, ${FAILS_ON_TWO}}]\n  handlers: [{name: a, debug: {msg: x}}]\n`,
        ),
      )
      .join(''),
    args: ['--force-handlers'],
  },
  {
    statement: '§1.6 force_handlers: a host that cannot be reached does not run them',
    playbook: play(`
  force_handlers: true
  tasks: [{name: one, ${NOTIFIES}, notify: a}, {name: two, command: "true", when: "inventory_hostname == 'n2'"}]
  handlers: [{name: a, debug: {msg: x}}]
`),
    ...AWAY,
    differs:
      'design.md §10: what a host was left to do is asked for at the first flush, so that it is known to be away before its first task',
  },
];
