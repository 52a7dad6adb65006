// What `tsplay verify --chaos` does to Redis: kills a master, and watches its replica take over and the old master come back as a replica.
import { task } from '../../src/index.ts';
import type { Scenario } from '../../src/index.ts';
import type { ClusterParams } from './cluster-params.ts';
import type { RedisVars } from './layout.ts';
import { redisCheck } from './modules/check.ts';
import { redisData } from './modules/data.ts';
import { redisStop } from './modules/stop.ts';
import { keepRunning } from './tasks/service.ts';

/** A master without a replica cannot be spared. */
export function chaos(vars: RedisVars, cluster: ClusterParams): readonly Scenario[] {
  if (vars.redis_cluster_replicas === 0) return [];
  const members = cluster.members.filter(({ name }) => !cluster.leaving.includes(name));
  // It is given up after the timeout, then there is a vote.
  const deadline = Math.ceil(vars.redis_cluster_node_timeout / 1000) + 15;
  return [
    {
      name: 'a master dies',
      tasks: [
        task('keys are left before the master dies', redisData, { members, act: 'leave' }),
        task('the master is killed, and its replica takes over', redisStop, { members, deadline }),
        task('the keys are still there', redisData, { members, act: 'find' }),
        task('keys are written without the old master', redisData, { members }),
      ],
      restore: [
        keepRunning('the old master is started again', cluster, vars),
        task('the old master is a replica', redisCheck, { members, replicas: vars.redis_cluster_replicas }),
        task('the keys are found after the master died', redisData, { members, act: 'find' }),
        task('the keys are removed', redisData, { members, act: 'remove' }),
      ],
    },
  ];
}
