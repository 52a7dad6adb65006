// What is said of playbooks, plays and tasks. Each entry has a case in the tests.
import type { Position } from '../../errors/problem.ts';
import { advice, problemTable } from '../../schema/problem-table.ts';

const quoted = (text: string): string => JSON.stringify(text);

export const playbookProblems = problemTable('playbook', {
  empty: (file: string) => ({ at: { file, line: 1, column: 1 }, what: 'the playbook holds no play', advice: 'write a list: - hosts: all' }),
  'not-a-list': (at: Position, what: string, got: string, example: string) => ({
    at,
    what: `${what} must be a list`,
    got,
    advice: `write ${example}`,
  }),
  'not-a-map': (at: Position, what: string, got: string, example: string) => ({
    at,
    what: `${what} must be a map`,
    got,
    advice: `write ${example}`,
  }),
  'unknown-keyword': (at: Position, key: string, where: string, text: string | undefined) => ({
    at,
    what: `unknown keyword ${quoted(key)} of a ${where}`,
    ...advice(text),
  }),
  'foreign-keyword': (at: Position, key: string, where: string, text: string) => ({
    at,
    what: `${quoted(key)} is no keyword of a ${where}`,
    advice: text,
  }),
  'no-hosts': (at: Position) => ({ at, what: 'the play names no hosts', advice: 'write hosts: and a group, a host or all' }),
  'hosts-template': (at: Position) => ({
    at,
    what: 'hosts cannot be an expression',
    advice: 'write a pattern, and narrow it with -l on the command line',
  }),
  'fact-gathering': (at: Position) => ({ at, what: 'facts are read when something asks for them', advice: 'remove gather_facts' }),
  serial: (at: Position, got: string) => ({
    at,
    what: 'serial must be a number of hosts from 1, a percentage, or a list of them',
    got,
    advice: 'write serial: 1, serial: "30%" or serial: [1, "50%"]',
  }),
  'not-texts': (at: Position, key: string, got: string) => ({ at, what: `${quoted(key)} must be a text or a list of texts`, got }),
  condition: (at: Position, key: string, got: string) => ({ at, what: `${quoted(key)} must be a condition or a list of conditions`, got }),
  loop: (at: Position, got: string) => ({
    at,
    what: '"loop" must be a list or an expression that gives one',
    got,
    advice: 'write loop: [a, b]',
  }),
  'no-module': (at: Position) => ({ at, what: 'the task names no module', advice: 'write the module as a key: "command: …"' }),
  'two-modules': (at: Position, key: string, first: string) => ({
    at,
    what: `the task names two modules, ${quoted(first)} and ${quoted(key)}`,
    advice: 'make two tasks of it',
  }),
  'unknown-module': (at: Position, key: string, text: string | undefined) => ({
    at,
    what: `unknown module ${quoted(key)}`,
    ...advice(text),
  }),
  'foreign-module': (at: Position, key: string, names: string) => ({
    at,
    what: `unknown module ${quoted(key)}`,
    advice: `it is called ${names} here`,
  }),
  'later-module': (at: Position, key: string) => ({
    at,
    what: `there is no module for Ansible's ${quoted(key)} yet`,
    advice: 'write a command with creates or unless',
  }),
  parameters: (at: Position, module: string, got: string) => ({
    at,
    what: `${module} takes a map of parameters`,
    got,
    advice: 'write each as "name: value" on a line of its own',
  }),
  'parameter-twice': (at: Position, name: string) => ({
    at,
    what: `${quoted(name)} is given twice, in two words`,
    advice: 'keep one of them',
  }),
  'name-needed': (at: Position) => ({ at, what: 'the handler has no name', advice: 'write name: and what notify calls it' }),
  'handler-twice': (at: Position, name: string, line: number) => ({
    at,
    what: `the handler ${quoted(name)} is already there on line ${line}`,
    advice: 'give it another name',
  }),
  'import-template': (at: Position) => ({ at, what: 'import_playbook names a file, no expression', advice: 'write its name out' }),
  'import-circle': (at: Position, file: string) => ({ at, what: `${file} takes itself over`, advice: 'break the circle' }),
  'no-file': (at: Position, key: string) => ({ at, what: `${key} names no file`, advice: `write ${key}: NAME.yml` }),
  'file-template': (at: Position, key: string, text = 'write include_tasks, or its name') => ({
    at,
    what: `the file of ${key} is named by an expression`,
    advice: text,
  }),
  'no-file-like': (at: Position, name: string) => ({
    at,
    what: 'no file is there that this could name',
    got: quoted(name),
    advice: 'make one, or correct what is fixed of the name',
  }),
  'file-missing': (at: Position, name: string, looked: string) => ({
    at,
    what: 'there is no such file',
    got: quoted(name),
    advice: `make one of ${looked}`,
  }),
  'meta-handler': (at: Position) => ({ at, what: 'meta is no handler', advice: 'write it among the tasks' }),
  'end-role': (at: Position, where: string) => ({ at, what: `end_role ends nothing for ${where}`, advice: 'write end_host or end_play' }),
  'delegate-unknown': (at: Position, name: string, text: string | undefined) => ({
    at,
    what: `delegate_to names ${quoted(name)}, which the inventory does not have`,
    ...advice(text ?? 'add it to the inventory'),
  }),
  'import-handler': (at: Position) => ({
    at,
    what: 'import_tasks is no handler',
    advice: 'write include_tasks, or the handlers themselves',
  }),
  'import-loop': (at: Position, key: string, other: string) => ({ at, what: `${key} does not loop`, advice: `write ${other}` }),
  'no-loop': (at: Position) => ({ at, what: 'loop_control without a loop', advice: 'write loop: and a list' }),
  'not-a-number': (at: Position, key: string, got: string) => ({
    at,
    what: `${quoted(key)} must be a number, or an expression for one`,
    got,
  }),
  'not-maps': (at: Position, key: string, got: string) => ({ at, what: `${quoted(key)} must be a map or a list of maps`, got }),
  'checked-for-real': (at: Position, module: string, text: string) => ({
    at,
    what: `${module} may change something, and a dry run changes nothing`,
    advice: text,
  }),
  'no-block': (at: Position, key: string) => ({ at, what: `there is no block for ${quoted(key)}`, advice: 'write block: and its tasks' }),
  'task-keyword': (at: Position, key: string, where: string) => ({
    at,
    what: `${quoted(key)} is no keyword of ${where}`,
    advice: 'write it at each task',
  }),
  'role-name': (at: Position) => ({ at, what: 'the role has no name', advice: 'write - role: NAME' }),
});

export const commandProblems = problemTable('command', {
  empty: (at: Position) => ({ at, what: 'the command is empty', advice: 'write the program and its arguments' }),
  both: (at: Position, module: string) => ({ at, what: `${module} takes cmd or argv, not both`, advice: 'keep one of them' }),
  neither: (at: Position, module: string) => ({ at, what: `${module} needs "cmd" or "argv"` }),
  'open-quote': (at: Position, mark: string) => ({
    at,
    what: `the quote ${mark} opened here is never closed`,
    advice: `close it with ${mark}`,
  }),
  'open-expression': (at: Position) => ({ at, what: 'the {{ opened here is never closed', advice: 'close it with }}' }),
  shell: (at: Position, word: string) => ({
    at,
    what: `command runs no shell, ${quoted(word)} would be an argument`,
    advice: `write argv: [sh, -c, "…"], or quote it if it is meant: '${word}'`,
  }),
});
