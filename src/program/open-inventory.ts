// The parts of an inventory that hosts will need which come while a Program runs.
import type { Inventory } from '../load/types.ts';
import { mapVariables, variableMaker } from './compile-context.ts';
import type { SecretVariables } from './secret-variables.ts';
import type { OpenInventory } from './types.ts';

/** What is said of groups and hosts, each by itself. */
export function openInventory({ parts }: Inventory, limit: string | undefined, secrets: SecretVariables): OpenInventory {
  const make = variableMaker(secrets);
  const { groups, hosts } = parts();
  return {
    ...(limit !== undefined && { limit }),
    groups: Object.fromEntries(
      [...groups].map(([name, { inventory, files, ...place }]) => [
        name,
        { ...place, inventory: mapVariables(inventory, make), files: mapVariables(files, make) },
      ]),
    ),
    own: Object.fromEntries([...hosts].map(([name, variables]) => [name, mapVariables(variables, make)])),
  };
}
