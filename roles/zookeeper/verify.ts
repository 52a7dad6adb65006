// What `tsplay verify` proves of ZooKeeper: that the ensemble works, not that processes run.
import { task } from '../../src/index.ts';
import type { RoleTask } from '../../src/index.ts';
import type { EnsembleParams } from './ensemble-params.ts';
import type { ZookeeperVars } from './layout.ts';
import { zookeeperData } from './modules/data.ts';
import { zookeeperQuorum } from './modules/quorum.ts';

/** One leader, the others in sync with it, and data that all of them keep. */
export function verify(vars: ZookeeperVars, { members, unit, ask }: EnsembleParams): readonly RoleTask[] {
  return [
    task('one server leads and all others follow', zookeeperQuorum, { members, unit, ask, version: vars.zookeeper_version }),
    task('a write on one server is read on all others', zookeeperData, { members, unit, ask }),
  ];
}
