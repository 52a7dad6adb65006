// Tasks: whether the ensemble may take the wanted version, first of all; and after an upgrade the proof that it runs it.
import { task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import type { EnsembleParams } from '../ensemble-params.ts';
import type { Layout, ZookeeperVars } from '../layout.ts';
import { zookeeperQuorum } from '../modules/quorum.ts';
import { zookeeperUpgrade } from '../modules/upgrade.ts';

/** Stops the play before anything is changed when the version must not be taken. */
export function mayUpgrade(vars: ZookeeperVars, layout: Layout, { members, unit, ask }: EnsembleParams): RoleTask {
  return task(`the ensemble may take ${layout.version}`, zookeeperUpgrade, {
    members,
    unit,
    ask,
    version: layout.version,
    data_log_dir: layout.dataLogDir,
    upgrade: vars.zookeeper_upgrade,
    trust_empty: String(vars.zookeeper_config['snapshot.trust.empty']) === 'true',
  });
}

/** An upgrade ends with a proof, not with a restart. */
export function provesUpgrade(vars: ZookeeperVars, { members, unit, ask }: EnsembleParams): readonly RoleTask[] {
  if (!vars.zookeeper_upgrade) return [];
  return [
    task(`all servers run ${vars.zookeeper_version} in one quorum`, zookeeperQuorum, {
      members,
      unit,
      ask,
      version: vars.zookeeper_version,
    }),
  ];
}
