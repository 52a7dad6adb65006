// The words that Ansible's inventories use for what is meant here too: spellings of values, shells, and variables that change nothing.
import { BECOME_WORDS } from '../../util/become-method.ts';
import { CONNECTION_WORDS } from './connection-variables.ts';

const CHECKED = 'strict';
/** Without the check a new key is taken; one that has changed is refused here all the same. */
const UNCHECKED = 'accept-new';

/** What Ansible takes for true and for false, in lower case. */
export const BOOLEAN_WORDS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', 'y', 't', '1'].map(word => [word, true] as const),
  ...['false', 'no', 'off', 'n', 'f', '0'].map(word => [word, false] as const),
]);

/** Values by the variable here that they are of; in lower case. */
export const VALUE_WORDS: Readonly<Record<string, ReadonlyMap<string, string>>> = Object.freeze({
  connection: new Map(Object.entries(CONNECTION_WORDS)),
  become_method: new Map(Object.entries(BECOME_WORDS)),
  ssh_host_key: new Map([...BOOLEAN_WORDS].map(([word, isChecked]) => [word, isChecked ? CHECKED : UNCHECKED])),
});

/** Shells that `ansible_shell_type` may name: `sh` is there beside all of them, and is what is used. */
export const SHELLS = Object.freeze({ alike: ['sh', 'dash', 'bash', 'ash', 'ksh', 'zsh'], unlike: ['csh', 'tcsh', 'fish'] });

/** Variables of Ansible that change nothing here: left out, with a note. */
export const IGNORED_VARIABLES: Readonly<Record<string, string>> = Object.freeze({
  ansible_python_interpreter: 'no host needs Python here',
  ansible_ssh_pipelining: 'every connection does this here',
  ansible_pipelining: 'every connection does this here',
  ansible_ssh_transfer_method: 'files travel through the session itself',
  ansible_scp_if_ssh: 'files travel through the session itself',
  ansible_scp_extra_args: 'files do not travel by scp here',
  ansible_sftp_extra_args: 'files do not travel by sftp here',
  ansible_group_priority: 'it weighs a group only where the inventory itself writes the variables of the group',
  ansible_shell_executable: 'every host is spoken to in POSIX sh',
});
