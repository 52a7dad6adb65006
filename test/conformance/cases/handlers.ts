// Cases of §1.6: handlers.
import { play, type Case } from '../case.ts';

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
    known: 'a host that failed runs them after the others, not in the order of the hosts',
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
];
