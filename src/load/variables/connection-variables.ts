// The variables that say how a host is reached: names, schemas, descriptions, and what they are called in Ansible.
import { BECOME_METHODS, BECOME_MODES } from '../../util/become-method.ts';
import type { Schema } from '../../schema/schema.ts';

interface ConnectionVariable {
  readonly schema: Schema;
  /** Names that a person may bring along; they are read as this variable. */
  readonly aliases: readonly string[];
}

const PATHS = { type: ['string', 'array'], description: 'a path, or a list of paths' } as const;

/** Words for the ssh of the system: what they mean is worked out, no such program is run. */
export const SSH_ARGUMENTS: Readonly<Record<string, ConnectionVariable>> = {
  ssh_args: {
    schema: { type: 'string', description: 'arguments as ssh takes them, followed where they mean something here' },
    aliases: ['ansible_ssh_args'],
  },
  ssh_common_args: { schema: { type: 'string', description: 'more of them' }, aliases: ['ansible_ssh_common_args'] },
  ssh_extra_args: { schema: { type: 'string', description: 'more of them' }, aliases: ['ansible_ssh_extra_args'] },
};

/** In the order of the docs. */
export const CONNECTION_VARIABLES: Readonly<Record<string, ConnectionVariable>> = Object.freeze({
  address: {
    schema: { type: 'string', minLength: 1, description: 'name or IP address to connect to; the name of the host if not given' },
    aliases: ['ansible_host', 'ansible_ssh_host'],
  },
  ssh_port: {
    schema: { type: 'integer', minimum: 1, maximum: 65535, description: 'port of sshd; 22 if not given' },
    aliases: ['ansible_port', 'ansible_ssh_port'],
  },
  ssh_user: {
    schema: { type: 'string', minLength: 1, description: 'user to log in as; your own name if not given' },
    aliases: ['ansible_user', 'ansible_ssh_user'],
  },
  ssh_key: {
    schema: { ...PATHS, description: 'private key to log in with, or a list of them' },
    aliases: ['ansible_ssh_private_key_file'],
  },
  ssh_password: {
    schema: { type: 'string', secret: true, minLength: 1, description: 'password to log in with where no key is taken; tried once' },
    aliases: ['ansible_password', 'ansible_ssh_pass', 'ansible_ssh_password'],
  },
  ssh_known_hosts: {
    schema: { ...PATHS, description: 'known_hosts file the host key is checked against, or a list of them' },
    aliases: [],
  },
  ssh_host_key: {
    schema: {
      type: 'string',
      enum: ['strict', 'accept-new'],
      description: 'what to do with a host key that is not known; strict if not given',
    },
    aliases: ['ansible_host_key_checking', 'ansible_ssh_host_key_checking'],
  },
  ssh_jump: {
    schema: {
      type: ['string', 'array'],
      description: 'hosts to pass through, the first one first, each as [USER@]NAME[:PORT], or none; as ~/.ssh/config says if not given',
    },
    aliases: [],
  },
  ssh_config: {
    schema: {
      ...PATHS,
      description:
        'configuration of ssh to follow where the inventory says nothing, or none; ~/.ssh/config and /etc/ssh/ssh_config if not given',
    },
    aliases: [],
  },
  ...SSH_ARGUMENTS,
  connection: {
    schema: {
      type: 'string',
      enum: ['ssh', 'ssh2', 'openssh', 'local'],
      description: 'how to reach the host; ssh if not given: by ssh2, or by the client of OpenSSH where that is needed',
    },
    aliases: ['ansible_connection'],
  },
  legacy_algorithms: {
    schema: { type: 'boolean', description: 'take the old algorithms of an old server, too, which others can break; false if not given' },
    aliases: [],
  },
  connect_timeout: {
    schema: { type: 'number', minimum: 1, description: 'seconds to wait for a connection; 20 if not given' },
    aliases: ['ansible_timeout', 'ansible_ssh_timeout'],
  },
  become: { schema: { type: 'boolean', description: 'act as another user' }, aliases: ['ansible_become', 'ansible_sudo'] },
  become_user: {
    schema: { type: 'string', minLength: 1, description: 'the user to act as; root if not given' },
    aliases: ['ansible_become_user', 'ansible_sudo_user'],
  },
  become_method: {
    schema: { type: 'string', enum: BECOME_METHODS, description: 'how to become another user; sudo if not given' },
    aliases: ['ansible_become_method'],
  },
  become_mode: {
    schema: {
      type: 'string',
      enum: BECOME_MODES,
      description: 'session: once for all commands; per_task: anew for each of them, without a password; session if not given',
    },
    aliases: [],
  },
  become_password: {
    schema: { type: 'string', secret: true, minLength: 1, description: 'password for sudo or su, where it asks for one; tried once' },
    aliases: ['ansible_become_password', 'ansible_become_pass', 'ansible_sudo_pass'],
  },
});

/** The name here of a connection variable under another one. */
export const CONNECTION_ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries(CONNECTION_VARIABLES).flatMap(([name, { aliases }]) => aliases.map(alias => [alias, name] as const)),
);

/** What `connection` may be. */
export const CONNECTION_KINDS: readonly string[] = choicesOf(CONNECTION_VARIABLES['connection']?.schema);

function choicesOf(schema: Schema | undefined): readonly string[] {
  return schema?.type === 'string' ? (schema.enum ?? []) : [];
}

/** Values of `connection` that Ansible has and that mean the same here. */
export const CONNECTION_WORDS: Readonly<Record<string, string>> = Object.freeze({ smart: 'ssh', paramiko: 'ssh2' });

/** What to do about the other connection variables of Ansible. */
export const REFUSED_VARIABLES: Readonly<Record<string, string>> = Object.freeze({
  ansible_become_flags: 'remove it: another user is become once for a whole session',
  ansible_become_exe: 'remove it: sudo, su and doas are found on the PATH',
});
