// Keywords that people bring from Ansible, and what to write here.

/** By keyword, what to write in its place. */
type ForeignKeywords = Readonly<Record<string, string>>;

/** The same answer for plays and tasks. */
const BASE: ForeignKeywords = {
  sudo: 'write become: true',
  sudo_user: 'write become_user',
  user: 'write remote_user',
  become_flags: 'remove it: another user is become once for a whole session',
  become_exe: 'remove it: sudo, su and doas are found on the PATH',
  debugger: 'remove it',
  collections: 'remove it: modules are called by their whole names',
};

export const FOREIGN_PLAY_KEYWORDS: ForeignKeywords = Object.freeze({
  ...BASE,
  gather_subset: 'remove it: facts are read when something asks for them',
  gather_timeout: 'remove it: facts are read when something asks for them',
});

export const FOREIGN_TASK_KEYWORDS: ForeignKeywords = Object.freeze({
  ...BASE,
  remote_user: 'write become: true and become_user, or remote_user at the play: a host is logged in to once in a run',
  port: 'write it at the play, or set ssh_port in the inventory: a host is logged in to once in a run',
  async: 'remove it: a long task is a task, wait.until waits for what it starts',
  poll: 'remove it: a long task is a task, wait.until waits for what it starts',
});

/** Keys that stand where a module stands: a task that has one lacks no module. */
export const FOREIGN_ACTIONS: ForeignKeywords = Object.freeze({
  action: 'write the module as the key: "command: …"',
  local_action: 'write the module as the key, in a play for localhost',
  include: 'write import_tasks or include_tasks',
  setup: 'remove it: facts are read when something asks for them',
  gather_facts: 'remove it: facts are read when something asks for them',
});

/** `with_items` and its kin. */
export function answerLoop(key: string): string | undefined {
  return /^with_\w+$/.test(key) ? 'write loop: and a list' : undefined;
}

/** The answer of a table of which only own keys count. */
export function answerFrom(table: ForeignKeywords, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
