// The magic variables that a command line and its files decide, the same for every host: the lab, where things are, what was asked for.
import type { TagSelection } from '../program/select-tags.ts';
import type { Inventory } from '../load/types.ts';
import type { Json } from '../util/value.ts';
import { labVariables } from './lab-variables.ts';

interface Asked {
  readonly inventory: Pick<Inventory, 'path' | 'directory'>;
  /** Absolute: where the playbook is. */
  readonly playbookDirectory: string;
  readonly tags: TagSelection;
  readonly limit?: string;
}

/** By name. There is no `inventory_file` for a directory, and neither for a list of hosts. */
export function runVariables({ inventory, playbookDirectory, tags, limit }: Asked): Readonly<Record<string, Json>> {
  const { path, directory } = inventory;
  return {
    ...labVariables(path),
    playbook_dir: playbookDirectory,
    ...(directory !== undefined && { inventory_dir: directory }),
    ...(path !== undefined && path !== directory && { inventory_file: path }),
    ansible_limit: limit ?? null,
    ansible_run_tags: tags.only.length === 0 ? ['all'] : tags.only,
    ansible_skip_tags: tags.skip,
  };
}
