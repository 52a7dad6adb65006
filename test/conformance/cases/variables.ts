// Cases of §1.11: which value of a variable holds. Each level of the list is weaker than the next: a case has all of them up to one.
import type { Case } from '../case.ts';

/** What sets `v` at a level. */
interface Level {
  readonly words: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly host?: string;
  readonly group?: string;
  /** Lines of the play. */
  readonly play?: string;
  /** Tasks before the one that tells. */
  readonly before?: string;
  /** Keywords of the block around it. */
  readonly block?: string;
  /** Of itself. */
  readonly task?: string;
  readonly args?: readonly string[];
}

/** Weakest first. */
const LEVELS: readonly Level[] = [
  { words: 'variables of a group in the inventory', group: 'inventory group' },
  { words: 'group_vars/all of the inventory', files: { 'inv/group_vars/all.yml': 'v: inventory all\n' } },
  { words: 'group_vars/all of the playbook', files: { 'group_vars/all.yml': 'v: playbook all\n' } },
  { words: 'group_vars of the inventory', files: { 'inv/group_vars/g.yml': 'v: inventory g\n' } },
  { words: 'group_vars of the playbook', files: { 'group_vars/g.yml': 'v: playbook g\n' } },
  { words: 'variables of a host in the inventory', host: 'inventory host' },
  { words: 'host_vars of the inventory', files: { 'inv/host_vars/n1.yml': 'v: inventory n1\n' } },
  { words: 'host_vars of the playbook', files: { 'host_vars/n1.yml': 'v: playbook n1\n' } },
  { words: 'vars of a play', play: '  vars: {v: play}\n' },
  { words: 'vars_files', play: '  vars_files: [more.yml]\n', files: { 'more.yml': 'v: vars_files\n' } },
  { words: 'vars of a block', block: '      vars: {v: block}\n' },
  { words: 'vars of a task', task: ', vars: {v: task}' },
  { words: 'include_vars', before: '    - {name: include, include_vars: included.yml}\n', files: { 'included.yml': 'v: include_vars\n' } },
  { words: 'what a task has set', before: '    - {name: set, set: {v: set}}\n' },
  { words: '-e', args: ['-e', 'v=extra'] },
];

export const VARIABLES: readonly Case[] = [
  ...LEVELS.map((level, index) => ({
    ...caseOf(LEVELS.slice(0, index + 1)),
    statement: `§1.11 ${level.words}${index === 0 ? '' : ` outweigh ${LEVELS[index - 1]?.words ?? ''}`}`,
  })),
  {
    statement: '§1.11 what is registered outweighs vars of a task',
    playbook: `- hosts: n1\n  gather_facts: false\n  tasks:\n    - {name: one, debug: {msg: x}, register: r}\n    - {name: two, debug: {msg: "{{ r.changed }}"}, vars: {r: {changed: own}}}\n`,
  },
  {
    statement: '§1.11 values are worked out where they are used',
    playbook: `- hosts: n1\n  gather_facts: false\n  vars: {a: "{{ b }}", b: play}\n  tasks: [{name: one, debug: {msg: "{{ a }}"}, vars: {b: task}}]\n`,
  },
  {
    statement: '§1.11 parameters of a file that comes in outweigh what a task has set',
    playbook:
      '- hosts: n1\n  gather_facts: false\n  tasks:\n    - {name: set, set: {v: set}}\n    - {name: come in, include_tasks: says.yml, vars: {v: include}}\n',
    files: { 'says.yml': '- {name: one, debug: {msg: "{{ v }}"}}\n' },
  },
  {
    statement: '§1.11 vars_files: of a list the first that is there',
    playbook:
      '- hosts: n1\n  gather_facts: false\n  vars_files: [[nowhere.yml, second.yml, third.yml]]\n  tasks: [{name: one, debug: {msg: "{{ v }}"}}]\n',
    files: { 'second.yml': 'v: second\n', 'third.yml': 'v: third\n' },
  },
];

function caseOf(levels: readonly Level[]): Omit<Case, 'statement'> {
  const of = (key: 'play' | 'before' | 'block' | 'task'): string => levels.map(level => level[key] ?? '').join('');
  const last = (key: 'host' | 'group'): string | undefined => levels.findLast(level => level[key] !== undefined)?.[key];
  const variables = (value: string | undefined): object => (value === undefined ? {} : { v: value });
  const inventory = {
    g: { hosts: { n1: { ansible_connection: 'local', ...variables(last('host')) } }, vars: variables(last('group')) },
  };
  return {
    playbook: `- hosts: n1\n  gather_facts: false\n${of('play')}  tasks:\n${of('before')}    - block: [{name: one, debug: {msg: "{{ v }}"}${of('task')}}]\n${of('block')}`,
    files: {
      'inv/hosts.yml': JSON.stringify(inventory),
      ...(Object.assign({}, ...levels.map(({ files }) => files ?? {})) as Record<string, string>),
    },
    inventory: 'inv/hosts.yml',
    args: levels.flatMap(({ args = [] }) => args),
  };
}
