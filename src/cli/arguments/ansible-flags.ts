// Flags that Ansible users will type and that are not here (yet): each is answered with what to do instead.

const LATER_VAULT = 'encrypted variables are not read yet';

/** By what is typed, long and short. */
export const ANSIBLE_FLAGS: ReadonlyMap<string, string> = new Map([
  ['--ask-vault-pass', LATER_VAULT],
  ['--ask-vault-password', LATER_VAULT],
  ['-J', LATER_VAULT],
  ['--vault-id', LATER_VAULT],
  ['--scp-extra-args', 'files do not travel by scp here'],
  ['--sftp-extra-args', 'files do not travel by sftp here'],
  ['--flush-cache', 'there is no fact cache: facts are read when they are needed'],
  ['--module-path', 'modules come with roles'],
  ['-M', 'modules come with roles'],
  ['--graph', 'tsplay inventory without options shows the groups'],
]);

/** What a person may type as a command, and what to type here. */
export const ANSIBLE_COMMANDS: ReadonlyMap<string, string> = new Map([
  ['playbook', 'write tsplay run PLAYBOOK'],
  ['ansible-playbook', 'write tsplay run PLAYBOOK'],
  ['doc', 'write tsplay docs NAME'],
  ['galaxy', 'roles are folders here, nothing is installed'],
  ['check', 'write tsplay run PLAYBOOK --check'],
  ['validate', 'write tsplay lint PLAYBOOK'],
  ['list', 'write tsplay inventory --list'],
]);
