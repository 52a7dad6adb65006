// With what a host is logged in to and by what it is known: keys, agent, known hosts. What is said of it outweighs the configuration of ssh.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { SshOptions } from '../../session/config/ssh-config.ts';
import type { ConnectionSpec } from '../../session/types.ts';
import type { ConnectionChoices } from './connection-choices.ts';

const SYSTEM_KNOWN_HOSTS = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];

/** What the command line or the inventory says of a host, which outweighs the configuration of ssh. */
export interface Own extends Pick<ConnectionSpec, 'hostKeyPolicy'> {
  readonly keys: readonly string[] | undefined;
  readonly knownHosts: readonly string[] | undefined;
  readonly seconds: number | undefined;
  readonly choices: ConnectionChoices;
}

type Ways = Omit<ConnectionSpec, 'host' | 'connection' | 'address' | 'port' | 'user' | 'password' | 'jump'>;

/** All of it, for a host or one on the way. */
export function waysOf(own: Own, options: SshOptions): Ways {
  const { aliveInterval, aliveCount = 3, hostKeyAlias, knownHosts = inHome('known_hosts', 'known_hosts2') } = options;
  const { passphrases, inventories } = own.choices;
  const named = own.keys ?? options.identityFiles;
  const keyFiles = named ?? usualKeys();
  const agent = agentOf(options);
  const known = keyFiles.flatMap(file => {
    const passphrase = passphrases?.get(file);
    return passphrase === undefined ? [] : [[file, passphrase] as const];
  });
  return {
    keyFiles,
    ...(named === undefined && { hasUsualKeys: true }),
    ...(known.length > 0 && { passphrases: Object.fromEntries(known) }),
    ...(agent !== undefined && { agent }),
    ...(options.identitiesOnly === true && { identitiesOnly: true }),
    knownHosts: own.knownHosts ?? [...knownHosts, ...(options.systemKnownHosts ?? SYSTEM_KNOWN_HOSTS)],
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    ...(options.hashKnownHosts === true && { hashKnownHosts: true }),
    ...(inventories !== undefined && { inventories }),
    hostKeyPolicy: own.hostKeyPolicy,
    timeout: (own.seconds ?? options.connectTimeout ?? 20) * 1000,
    ...(aliveInterval !== undefined && { alive: { interval: aliveInterval * 1000, count: aliveCount } }),
  };
}

/** The socket of the agent. */
function agentOf({ identityAgent = 'SSH_AUTH_SOCK' }: SshOptions): string | undefined {
  if (identityAgent === 'none') return undefined;
  const socket = identityAgent === 'SSH_AUTH_SOCK' ? process.env['SSH_AUTH_SOCK'] : identityAgent;
  return socket === '' ? undefined : socket;
}

/** Keys on a token where there are no others: they have to be touched. */
function usualKeys(): readonly string[] {
  const present = (...names: readonly string[]): readonly string[] => inHome(...names).filter(file => existsSync(file));
  const plain = present('id_ed25519', 'id_ecdsa', 'id_rsa');
  return plain.length > 0 ? plain : present('id_ed25519_sk', 'id_ecdsa_sk');
}

function inHome(...files: readonly string[]): readonly string[] {
  return files.map(file => join(homedir(), '.ssh', file));
}
