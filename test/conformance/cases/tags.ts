// Cases of §1.9: which tasks the tags leave.
import { play, type Case } from '../case.ts';

const TAGGED = play(`
  tasks:
    - {name: plain, debug: {msg: x}}
    - {name: a, debug: {msg: x}, tags: a}
    - {name: b, debug: {msg: x}, tags: "b,c"}
    - {name: always, debug: {msg: x}, tags: [always]}
    - {name: never, debug: {msg: x}, tags: [never, d]}
    - block: [{name: in a block, debug: {msg: x}, tags: e}]
      tags: a
`);

const chosen = (statement: string, ...args: readonly string[]): Case => ({ statement: `§1.9 ${statement}`, playbook: TAGGED, args });

export const TAGS: readonly Case[] = [
  chosen('without --tags all but never'),
  chosen('--tags: those that have it, and always', '--tags', 'a'),
  chosen('--tags: a block gives its tags to its tasks', '--tags', 'e'),
  chosen('--tags: several with commas', '--tags', 'c,d'),
  chosen('--tags never', '--tags', 'never'),
  chosen('--tags tagged', '--tags', 'tagged'),
  chosen('--tags untagged', '--tags', 'untagged'),
  chosen('--tags all', '--tags', 'all'),
  chosen('--skip-tags', '--skip-tags', 'a'),
  chosen('--skip-tags always', '--skip-tags', 'always'),
  chosen('--skip-tags tagged', '--skip-tags', 'tagged'),
  chosen('--skip-tags all leaves always', '--skip-tags', 'all'),
  chosen('--tags and --skip-tags', '--tags', 'a', '--skip-tags', 'e'),
  {
    statement: '§1.9 tags of a play are its tasks’, never among them',
    playbook: play(`  tags: p\n  tasks: [{name: one, debug: {msg: x}}, {name: two, debug: {msg: x}, tags: never}]\n`),
    args: ['--tags', 'p'],
  },
  ...[
    ['--tags', 'a'],
    ['--tags', 'b'],
    ['--tags', 'a,b'],
    ['--skip-tags', 'a'],
  ].map(args => ({
    statement: '§1.9 tags of an include are its own, its tasks have others; apply gives them some; those of an import are its tasks’',
    playbook: play(`
  tasks:
    - {name: include, include_tasks: more.yml, tags: a}
    - {name: apply, include_tasks: {file: applied.yml, apply: {tags: a}}, tags: a}
    - {name: import, import_tasks: imported.yml, tags: a}
`),
    files: Object.fromEntries(
      ['more', 'applied', 'imported'].map(name => [
        `${name}.yml`,
        `- {name: ${name} plain, debug: {msg: x}}\n- {name: ${name} b, debug: {msg: x}, tags: b}\n`,
      ]),
    ),
    args,
  })),
  {
    statement: '§1.9 ansible_run_tags and ansible_skip_tags are what was asked for',
    playbook: play(
      `  tasks: [{name: one, debug: {msg: "{{ ansible_run_tags }}"}, tags: b}, {name: two, debug: {msg: "{{ ansible_skip_tags }}"}, tags: b}]\n`,
    ),
    args: ['--tags', 'b', '--skip-tags', 'c'],
  },
  {
    statement: '§1.9 a tag that no task has',
    playbook: play('  tasks: [{name: one, debug: {msg: x}}]\n'),
    args: ['--tags', 'nobody'],
    differs: 'design.md §10: an error before anything is touched',
  },
];
