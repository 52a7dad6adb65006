// Magic variables: what every scope knows of the play, the inventory and the host, without anyone defining it.
import type { Scope } from '../expression/scope.ts';
import { CONNECTION_ALIASES } from '../load/variables/connection-variables.ts';
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

/** What magic variables tell of. */
export interface Magic {
  readonly program: Groundwork;
  readonly host: HostEntry;
  readonly playHosts: readonly string[];
  /** Gives the scope that `hostvars` reads another host's variables in. */
  readonly scopeOf: (host: string) => Scope;
}

const VALUES: Readonly<Record<Exclude<(typeof MAGIC_NAMES)[number], 'facts'>, (magic: Magic) => Value>> = {
  inventory_hostname: ({ host }) => host.name,
  inventory_hostname_short: ({ host }) => host.name.split('.', 1)[0] ?? host.name,
  group_names: ({ host }) => [...host.groups].sort(),
  groups: ({ program }) => program.groups,
  hostvars: ({ program, scopeOf }) => lazyMapOf(program.hosts, name => variablesOf(program.hosts[name], scopeOf)),
  play_hosts: ({ playHosts }) => playHosts,
};

/** A magic variable of a host; undefined for a name that is none. Scopes are made for every task: only what is asked for is worked out. */
export function magicVariable(name: string, magic: Magic): { readonly value: Value } | undefined {
  if (Object.hasOwn(VALUES, name)) return { value: VALUES[name as keyof typeof VALUES](magic) };
  const given = Object.hasOwn(magic.program.magic, name) ? magic.program.magic[name] : undefined;
  return given === undefined ? undefined : { value: given };
}

/** All names that {@link magicVariable} knows. */
export function magicNames({ magic }: Groundwork): readonly string[] {
  return [...Object.keys(VALUES), ...Object.keys(magic)];
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
