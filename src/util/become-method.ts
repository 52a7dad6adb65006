// The ways to become another user, as inventories, playbooks and sessions call them.

export const BECOME_METHODS = ['sudo', 'su', 'doas'] as const;
export type BecomeMethod = (typeof BECOME_METHODS)[number];

/** `session`: once, for all commands. `per_task`: each command by a call of its own. */
export const BECOME_MODES = ['session', 'per_task'] as const;
export type BecomeMode = (typeof BECOME_MODES)[number];

/** What else a method is called in Ansible. */
export const BECOME_WORDS: Readonly<Record<string, BecomeMethod>> = Object.freeze({
  'ansible.builtin.sudo': 'sudo',
  'ansible.builtin.su': 'su',
  'community.general.doas': 'doas',
});
