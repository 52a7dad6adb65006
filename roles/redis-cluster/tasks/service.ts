// Tasks: the instances start at boot, all of them run with their present files, and they are one cluster.
import { systemdService, task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import type { ClusterParams } from '../cluster-params.ts';
import { TEMPLATE_UNIT } from '../layout.ts';
import type { RedisVars } from '../layout.ts';
import { redisCluster } from '../modules/cluster.ts';
import type { Member } from '../modules/members.ts';
import { programOf } from '../program.ts';
import { redisNodes } from '../modules/nodes.ts';

/** Starting, restarting and joining is the cluster's business: one instance must not act alone. */
export function service(vars: RedisVars, own: readonly Member[], cluster: ClusterParams): readonly RoleTask[] {
  const { members, leaving, deadline } = cluster;
  return [
    ...own.flatMap(({ name, unit }, index) =>
      leaving.includes(name) ? [] : [task(`instance ${index + 1} starts at boot`, systemdService, { name: unit, enabled: true })],
    ),
    keepRunning('the instances run', cluster, vars),
    task('the instances are one cluster', redisCluster, {
      members,
      leaving,
      replicas: vars.redis_cluster_replicas,
      balance: vars.redis_cluster_balance,
      deadline,
    }),
    ...own.flatMap(({ name, unit }, index) =>
      leaving.includes(name)
        ? [task(`instance ${index + 1} rests, having left`, systemdService, { name: unit, state: 'stopped', enabled: false })]
        : [],
    ),
  ];
}

/** Starts what does not run and rolls what runs with older files. Who leaves is not started again. */
export function keepRunning(name: string, { members, leaving, deadline }: ClusterParams, vars: RedisVars): RoleTask {
  const staying = members.filter(member => !leaving.includes(member.name));
  const { links } = programOf(vars);
  return task(name, redisNodes, {
    members: staying,
    unit: TEMPLATE_UNIT,
    files: [],
    ...(links.length > 0 && { links: [...links] }),
    deadline,
    force: vars.redis_cluster_roll_force,
  });
}
