// The `lab` variable: where the lab of an inventory keeps its key, its known hosts and its archives. The same whether it is up or not.
import { join } from 'node:path';
import { artifactsDir, labDirectory, labId } from '../lab/paths.ts';
import type { Json } from '../util/value.ts';

/** The user with sudo on every host of a lab. */
export const LAB_USER = 'lab';

/** `lab.artifacts`, `lab.key`, `lab.known_hosts` and `lab.user` for an inventory with a path; nothing for a list of hosts. */
export function labVariables(inventory: string | undefined): Readonly<Record<string, Json>> {
  if (inventory === undefined) return {};
  const directory = labDirectory(labId(inventory));
  return { lab: { artifacts: artifactsDir(), key: join(directory, 'key'), known_hosts: join(directory, 'known_hosts'), user: LAB_USER } };
}
