// Magic variables: what every scope knows of the play, the inventory and the host, without anyone defining it.
import type { Scope } from '../expression/scope.ts';
import { CONNECTION_ALIASES } from '../load/connection-variables.ts';
import type { Value } from '../util/value.ts';
import { lazyMap, lazyMapOf } from './lazy-map.ts';
import type { HostEntry, Program } from './types.ts';

type Groundwork = Pick<Program, 'hosts' | 'groups' | 'magic' | 'playbook' | 'inventory'>;

/** Names that are always there; what stands for `facts` and the loop's `item` is added by whoever has them. */
export const MAGIC_NAMES = [
  'inventory_hostname',
  'inventory_hostname_short',
  'group_names',
  'groups',
  'hostvars',
  'play_hosts',
  'facts',
] as const;

/** Names that a play or a role gives its tasks. */
export const GIVEN_NAMES = { play: 'ansible_play_name', role: 'role_name', rolePath: 'role_path' } as const;

/** Ansible's names for them. */
export const MAGIC_ALIASES: ReadonlyMap<string, string> = new Map([
  ['ansible_play_hosts_all', 'play_hosts'],
  ['ansible_role_name', GIVEN_NAMES.role],
]);

/** What a rescue is told: the task that failed and what came of it, under Ansible's names too. They stay set afterwards. */
export const FAILED_NAMES = ['failed_task', 'failed_result', 'ansible_failed_task', 'ansible_failed_result'] as const;

/**
 * The magic variables of a host.
 * @param scopeOf gives the scope that `hostvars` reads another host's variables in
 */
export function magicVariables(
  program: Groundwork,
  host: HostEntry,
  playHosts: readonly string[],
  scopeOf: (host: string) => Scope,
): ReadonlyMap<string, () => Value> {
  const all = new Map<string, () => Value>(Object.entries(program.magic).map(([name, value]) => [name, () => value]));
  all.set('inventory_hostname', () => host.name);
  all.set('inventory_hostname_short', () => host.name.split('.', 1)[0] ?? host.name);
  all.set('group_names', () => [...host.groups].sort());
  all.set('groups', () => program.groups);
  all.set('play_hosts', () => playHosts);
  all.set('hostvars', () => lazyMapOf(program.hosts, name => variablesOf(program.hosts[name], scopeOf)));
  return all;
}

function variablesOf(host: HostEntry | undefined, scopeOf: (host: string) => Scope): Value {
  if (host === undefined) return {};
  const names = [...Object.keys(host.variables), 'inventory_hostname', 'inventory_hostname_short', 'group_names'];
  const value = (name: string): Value => {
    const found = scopeOf(host.name).lookup(name);
    return found.found ? found.value : null;
  };
  const map = lazyMap(names, value);
  // Ansible's names are there for those who ask, and are no variables of their own.
  for (const [alias, name] of CONNECTION_ALIASES)
    if (Object.hasOwn(host.variables, name)) Object.defineProperty(map, alias, { configurable: true, get: () => value(name) });
  return map;
}
