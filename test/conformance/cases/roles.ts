// Cases of §1.7 and of what §1.8 says of roles.
import { play, type Case } from '../case.ts';

type Files = Readonly<Record<string, string>>;

/** A role with one task that says what it knows. */
const says = (name: string, more: Files = {}): Files => ({
  [`roles/${name}/tasks/main.yml`]: `- {name: say, debug: {msg: "{{ word }}"}}\n`,
  [`roles/${name}/defaults/main.yml`]: `word: ${name}\n`,
  ...Object.fromEntries(Object.entries(more).map(([file, content]) => [`roles/${name}/${file}`, content])),
});
const NOTIFIES = 'debug: {msg: x}, changed_when: true';
const one = (statement: string, rest: string, files: Files, more: Partial<Case> = {}): Case => ({
  statement,
  playbook: play(rest),
  files,
  ...more,
});
const needs = (list: string): Files => ({ 'meta/main.yml': `dependencies: ${list}\n` });

export const ROLES: readonly Case[] = [
  one(
    '§1.7 order in a play: roles before tasks, handlers flushed after both',
    `
  pre_tasks: [{name: pre, ${NOTIFIES}, notify: h}]
  roles: [a]
  tasks: [{name: task, ${NOTIFIES}, notify: h}]
  handlers: [{name: h, debug: {msg: x}}]
`,
    {
      ...says('a'),
      'roles/a/tasks/main.yml': `- {name: of role, ${NOTIFIES}, notify: own}\n`,
      'roles/a/handlers/main.yml': '- {name: own, debug: {msg: x}}\n',
    },
  ),
  one('§1.7 dependencies run before the role, depth first', '  roles: [a]\n', {
    ...says('a', needs('[b, d]')),
    ...says('b', needs('[c]')),
    ...says('c'),
    ...says('d'),
  }),
  one('§1.7 the condition of a role is one of what it needs', `  roles: [{role: a, when: "inventory_hostname == 'n1'"}]\n`, {
    ...says('a', needs('[b]')),
    ...says('b'),
  }),
  one('§1.7 parameters of a role are known to what it needs', '  roles: [{role: a, word: x}]\n', {
    ...says('a', needs('[b, {role: c, word: y}]')),
    ...says('b'),
    ...says('c'),
  }),
  one('§1.7 vars of a role are known to what it needs, and the other way round', '  roles: [a]\n', {
    'roles/a/tasks/main.yml': '- {name: say, debug: {msg: "{{ a_word }} {{ b_word }} {{ b_default }}"}}\n',
    'roles/a/vars/main.yml': 'a_word: 1\n',
    'roles/a/meta/main.yml': 'dependencies: [b]\n',
    'roles/b/tasks/main.yml': '- {name: say, debug: {msg: "{{ a_word }} {{ b_word }}"}}\n',
    'roles/b/vars/main.yml': 'b_word: 2\n',
    'roles/b/defaults/main.yml': 'b_default: 3\n',
  }),
  one(
    '§1.7 the same role with the same parameters runs once',
    '  roles: [a, a, {role: a, word: x}, {role: a, word: x}, {role: a, word: y}]\n',
    says('a'),
  ),
  one(
    '§1.7 other tags or conditions make it another',
    `  roles: [a, {role: a, tags: [t]}, {role: a, when: "inventory_hostname != ''"}]\n`,
    says('a'),
  ),
  one('§1.7 what two roles need runs once', '  roles: [a, b]\n', { ...says('a', needs('[c]')), ...says('b', needs('[c]')), ...says('c') }),
  one('§1.7 what was skipped has not run', `  roles: [{role: a, when: "inventory_hostname == 'n1'"}, b]\n`, {
    ...says('a', needs('[c]')),
    ...says('b', needs('[c]')),
    ...says('c'),
  }),
  one('§1.7 allow_duplicates: as often as it is called', '  roles: [a, a]\n', says('a', { 'meta/main.yml': 'allow_duplicates: true\n' })),
  one('§1.7 once for each play', `  roles: [a]\n- hosts: n1\n  gather_facts: false\n  roles: [a]\n`, says('a')),
  one(
    '§1.7 a task calls a role anew',
    `
  roles: [a]
  tasks:
    - include_role: {name: a}
    - include_role: {name: a}
    - import_role: {name: a}
    - import_role: {name: a, allow_duplicates: false}
`,
    says('a'),
  ),
  one(
    '§1.7 tasks_from, vars_from, defaults_from and handlers_from',
    `
  tasks:
    - include_role: {name: a, tasks_from: other, vars_from: other.yml, defaults_from: other, handlers_from: other}
    - import_role: {name: b, tasks_from: other.yml}
`,
    {
      ...says('a'),
      'roles/a/tasks/other.yml': `- {name: other, debug: {msg: "{{ word }} {{ more }}"}, changed_when: true, notify: h}\n`,
      'roles/a/vars/other.yml': 'more: 1\n',
      'roles/a/defaults/other.yml': 'word: 2\n',
      'roles/a/handlers/other.yml': '- {name: h, debug: {msg: x}}\n',
      ...says('b', { 'tasks/other.yml': '- {name: other, debug: {msg: "{{ word }}"}}\n' }),
    },
  ),
  one('§1.7 defaults and vars in a folder', '  roles: [a]\n', {
    'roles/a/tasks/main.yml': '- {name: say, debug: {msg: "{{ x }} {{ y }} {{ z }}"}}\n',
    'roles/a/defaults/main/a.yml': 'x: 1\ny: 1\n',
    'roles/a/defaults/main/b.yml': 'y: 2\n',
    'roles/a/vars/main/a.yml': 'z: 3\n',
  }),
  one('§1.7 files of tasks within a role', '  roles: [a]\n', {
    'roles/a/tasks/main.yml':
      '- {name: comes in, include_tasks: sub/one.yml}\n- import_tasks: two.yml\n- include_vars: more.yml\n- {name: say, debug: {msg: "{{ more }}"}}\n',
    'roles/a/tasks/sub/one.yml': '- {name: one, debug: {msg: x}}\n',
    'roles/a/tasks/two.yml': '- {name: two, debug: {msg: x}}\n',
    'roles/a/vars/more.yml': 'more: 5\n',
  }),
  one(
    '§1.7 the strength of variables: defaults, play, vars, task, set, parameters',
    `
  vars: {b: play, c: play}
  roles: [{role: a, f: parameter}]
`,
    {
      'roles/a/tasks/main.yml': `- name: sets
  set: {e: set, f: set}
- {name: say, debug: {msg: "{{ a }} {{ b }} {{ c }} {{ d }} {{ e }} {{ f }}"}, vars: {d: task, e: task, f: task}}
`,
      'roles/a/defaults/main.yml': 'a: default\nb: default\nc: default\nd: default\ne: default\nf: default\n',
      'roles/a/vars/main.yml': 'c: vars\nd: vars\n',
    },
  ),
  one('§1.7 role_name', '  roles: [a]\n  tasks: [{include_role: {name: b}}]\n', {
    'roles/a/tasks/main.yml':
      '- {name: say, debug: {msg: "{{ role_name }}"}}\n- import_role: {name: b}\n- {name: say, debug: {msg: "{{ role_name }}"}}\n',
    'roles/b/tasks/main.yml': '- {name: say, debug: {msg: "{{ role_name }}"}}\n',
  }),
  one('§1.7 variables of a role reach tasks after it', `  roles: [a]\n  tasks: [{name: after, debug: {msg: "{{ word }}"}}]\n`, says('a'), {
    differs: 'docs/variables.md: a role keeps its own',
  }),
  one(
    '§1.7 public: the tasks after an included role know its variables',
    `
  tasks:
    - include_role: {name: a, public: true}
    - {name: after, debug: {msg: "{{ word }}"}}
`,
    says('a'),
  ),
  one(
    '§1.7 the last of several calls gives the handlers',
    '  roles: [{role: a, word: x}, {role: a, word: y}]\n',
    {
      'roles/a/tasks/main.yml': `- {name: do, ${NOTIFIES}, notify: h}\n`,
      'roles/a/handlers/main.yml': '- {name: h, debug: {msg: "{{ word }}"}}\n',
    },
    { differs: 'docs/from-ansible.md: each call with other parameters has its own' },
  ),
  one(
    '§1.7 an argument spec that holds',
    '  roles: [a]\n',
    says('a', { 'meta/argument_specs.yml': 'argument_specs: {main: {options: {word: {type: str, required: true}}}}\n' }),
    {
      differs: 'docs/from-ansible.md: variables are looked at before anything connects, and no task shows for it',
    },
  ),
  one('§1.7 end_role ends the role for a host; its handlers run', `  roles: [a]\n  tasks: [{name: after, debug: {msg: x}}]\n`, {
    'roles/a/tasks/main.yml': `- {name: first, ${NOTIFIES}, notify: h}
- {meta: end_role, when: "inventory_hostname == 'n2'"}
- {name: second, debug: {msg: x}}
`,
    'roles/a/handlers/main.yml': '- {name: h, debug: {msg: x}}\n',
  }),
  one('§1.7 end_role within a block passes what always runs', '  roles: [a, b]\n', {
    'roles/a/tasks/main.yml': `- block: [{meta: end_role}, {name: no, debug: {msg: x}}]
  rescue: [{name: no, debug: {msg: x}}]
  always: [{name: no, debug: {msg: x}}]
`,
    ...says('b'),
  }),
  one('§1.7 end_role in a role that a task includes', `  tasks: [{include_role: {name: a}}, {name: after, debug: {msg: x}}]\n`, {
    'roles/a/tasks/main.yml': `- {meta: end_role, when: "inventory_hostname == 'n1'"}\n- {name: second, debug: {msg: x}}\n`,
  }),
  one(
    '§1.8 keywords of import_role are copied to every task',
    `  tasks: [{import_role: {name: a}, when: "inventory_hostname == 'n1'", ignore_errors: true}]\n`,
    {
      'roles/a/tasks/main.yml': '- {name: one, fail: {msg: x}}\n- {name: two, debug: {msg: x}}\n',
    },
  ),
  one(
    '§1.8 keywords of include_role are of itself',
    `  tasks: [{include_role: {name: a}, when: "inventory_hostname != 'n1'", ignore_errors: true}, {name: after, debug: {msg: x}}]\n`,
    {
      'roles/a/tasks/main.yml': `- {name: one, assert: {that: ["inventory_hostname != 'n2'"]}}\n- {name: two, debug: {msg: x}}\n`,
    },
  ),
  one(
    '§1.8 apply: what holds for the tasks of an included role',
    `  tasks: [{include_role: {name: a, apply: {ignore_errors: true, when: "inventory_hostname == 'n1'"}}}]\n`,
    {
      'roles/a/tasks/main.yml': '- {name: one, fail: {msg: x}}\n- {name: two, debug: {msg: x}}\n',
    },
  ),
  one(
    '§1.8 a condition is asked once by include_role, at each task by import_role',
    `
  vars: {go: true}
  tasks:
    - {include_role: {name: a}, when: go}
    - {name: go on, set: {go: true}}
    - {import_role: {name: a}, when: go}
`,
    { 'roles/a/tasks/main.yml': '- {name: stop, set: {go: false}}\n- {name: then, debug: {msg: x}}\n' },
  ),
  one(
    '§1.8 include_role in a loop, one item after another',
    `
  tasks:
    - {name: each, include_role: {name: a}, loop: [x, y], vars: {word: "{{ item }}"}}
`,
    { 'roles/a/tasks/main.yml': '- {name: one, debug: {msg: "{{ word }}"}}\n- {name: two, debug: {msg: "{{ word }}"}}\n' },
    {
      differs: 'docs/from-ansible.md: item by item, and each task is shown with its item',
    },
  ),
  one(
    '§1.8 handlers of an included role stand behind those of the play',
    `
  tasks: [{include_role: {name: a}}, {name: do, ${NOTIFIES}, notify: [h, mine]}]
  handlers: [{name: mine, debug: {msg: x}}]
`,
    { 'roles/a/tasks/main.yml': '- {name: one, debug: {msg: x}}\n', 'roles/a/handlers/main.yml': '- {name: h, debug: {msg: x}}\n' },
  ),
  one(
    '§1.8 and so do those of an imported one',
    `
  tasks: [{import_role: {name: a}}, {name: do, ${NOTIFIES}, notify: [h, mine]}]
  handlers: [{name: mine, debug: {msg: x}}]
`,
    { 'roles/a/tasks/main.yml': '- {name: one, debug: {msg: x}}\n', 'roles/a/handlers/main.yml': '- {name: h, debug: {msg: x}}\n' },
  ),
  one(
    '§1.6 "role : name" names a handler of a role',
    `
  roles: [a]
  tasks: [{name: do, ${NOTIFIES}, notify: "a : h"}]
  handlers: [{name: h, debug: {msg: of play}}]
`,
    { 'roles/a/tasks/main.yml': '- {name: one, debug: {msg: x}}\n', 'roles/a/handlers/main.yml': '- {name: h, debug: {msg: of role}}\n' },
  ),
  one(
    '§1.9 tags of import_role are those of its tasks',
    `
  tasks: [{import_role: {name: a}, tags: [t]}, {name: other, debug: {msg: x}}]
`,
    says('a'),
    { args: ['--tags', 't'] },
  ),
  one(
    '§1.9 tags of include_role are its own',
    `
  tasks: [{include_role: {name: a}, tags: [t]}, {include_role: {name: b, apply: {tags: [t]}}, tags: [t]}]
`,
    { ...says('a'), ...says('b') },
    { args: ['--tags', 't'] },
  ),
  one(
    '§1.9 tags of a role are those of what it needs',
    '  roles: [{role: a, tags: [t]}, c]\n',
    { ...says('a', needs('[b]')), ...says('b'), ...says('c') },
    { args: ['--tags', 't'] },
  ),
  one(
    '§1.8 a role that fails is rescued',
    `
  tasks:
    - block: [{include_role: {name: a}}]
      rescue: [{name: rescue, debug: {msg: x}}]
    - {include_role: {name: a, tasks_from: more}}
`,
    {
      'roles/a/tasks/main.yml': `- {name: one, assert: {that: ["inventory_hostname != 'n2'"]}}\n- {name: two, debug: {msg: x}}\n`,
      'roles/a/tasks/more.yml': '- {name: more, debug: {msg: x}}\n',
    },
  ),
];
