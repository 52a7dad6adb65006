// Tasks: whether the nodes may go to the described version, before anything is done to them.
import { task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import type { ClusterParams } from '../cluster-params.ts';
import type { Layout } from '../layout.ts';
import { esUpgrade } from '../modules/upgrade.ts';

export function guardVersion({ unitFile, home }: Layout, { members, authorization, version, data }: ClusterParams): RoleTask {
  return task('the nodes can go to this version', esUpgrade, { members, authorization, unit_file: unitFile, data, home, version });
}
