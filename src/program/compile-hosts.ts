// First step: hosts and groups, since everything after refers to them by name.
import type { Inventory } from '../load/types.ts';
import { mapVariables, variableMaker } from './compile-context.ts';
import type { SecretVariables } from './secret-variables.ts';
import type { HostEntry } from './types.ts';

/** Every host of the inventory with its variables as nodes. */
export function compileHosts(inventory: Inventory, secrets: SecretVariables): Readonly<Record<string, HostEntry>> {
  const make = variableMaker(secrets);
  const entries = [...inventory.hosts.values()].map(
    host => [host.name, { name: host.name, groups: host.groups, variables: mapVariables(host.variables, make) }] as const,
  );
  return Object.fromEntries(entries);
}

/** Members by group, in inventory order. */
export function compileGroups(inventory: Inventory): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(inventory.groups);
}
