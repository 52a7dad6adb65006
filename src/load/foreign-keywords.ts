// Keywords that people bring from Ansible, and what to write here.

/** `instead`: another word for the same thing. `later`: not there yet, with what helps until then. */
export type ForeignKeyword = { readonly instead: string } | { readonly later: string | undefined };

const later = (help?: string): ForeignKeyword => ({ later: help });
const instead = (text: string): ForeignKeyword => ({ instead: text });

/** The same answer for plays and tasks. */
const BASE: Readonly<Record<string, ForeignKeyword>> = {
  sudo: instead('write become: true'),
  sudo_user: instead('write become_user'),
  user: instead('write remote_user'),
  become_flags: instead('remove it: another user is become once for a whole session'),
  become_exe: instead('remove it: sudo, su and doas are found on the PATH'),
  debugger: instead('remove it'),
  collections: instead('remove it: modules are called by their whole names'),
};

export const FOREIGN_PLAY_KEYWORDS: Readonly<Record<string, ForeignKeyword>> = Object.freeze({
  ...BASE,
  gather_subset: instead('remove it: facts are read when something asks for them'),
  gather_timeout: instead('remove it: facts are read when something asks for them'),
});

export const FOREIGN_TASK_KEYWORDS: Readonly<Record<string, ForeignKeyword>> = Object.freeze({
  ...BASE,
  remote_user: instead('write become: true and become_user, or remote_user at the play: a host is logged in to once in a run'),
  port: instead('write it at the play, or set ssh_port in the inventory: a host is logged in to once in a run'),
  async: instead('remove it: a long task is a task, wait.until waits for what it starts'),
  poll: instead('remove it: a long task is a task, wait.until waits for what it starts'),
});

/** Keys that stand where a module stands: a task that has one lacks no module. */
export const FOREIGN_ACTIONS: Readonly<Record<string, ForeignKeyword>> = Object.freeze({
  action: instead('write the module as the key: "command: …"'),
  local_action: instead('write the module as the key, in a play for localhost'),
  include: instead('write import_tasks or include_tasks'),
  setup: instead('remove it: facts are read when something asks for them'),
  gather_facts: instead('remove it: facts are read when something asks for them'),
});

/** `with_items` and its kin. */
export function answerLoop(key: string): ForeignKeyword | undefined {
  return /^with_\w+$/.test(key) ? instead('write loop: and a list') : undefined;
}

/** The answer of a table of which only own keys count. */
export function answerFrom(table: Readonly<Record<string, ForeignKeyword>>, key: string): ForeignKeyword | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
