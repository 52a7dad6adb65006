// What `tsplay verify` proves of Redis: that the cluster works, not that processes run.
import { task } from '../../src/index.ts';
import type { RoleTask } from '../../src/index.ts';
import type { ClusterParams } from './cluster-params.ts';
import type { RedisVars } from './layout.ts';
import { redisCheck } from './modules/check.ts';
import { redisData } from './modules/data.ts';

/** Every slot is served, every master has its replicas on other hosts, and keys written anywhere are read elsewhere. */
export function verify(vars: RedisVars, { members, leaving }: ClusterParams): readonly RoleTask[] {
  const staying = members.filter(({ name }) => !leaving.includes(name));
  return [
    task('all instances see one whole cluster', redisCheck, { members: staying, replicas: vars.redis_cluster_replicas }),
    task('a key written by one instance is read by another', redisData, { members: staying }),
  ];
}
