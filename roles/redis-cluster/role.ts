// Role: a Redis cluster from the inventory. What it means is in the files beside it; this one only puts them in order.
import { defineRole } from '../../src/index.ts';
import type { RoleHost } from '../../src/index.ts';
import { chaos } from './chaos.ts';
import type { ClusterParams } from './cluster-params.ts';
import { redisNode } from './facts/node.ts';
import { instancesOf, instancesOn } from './instances-of.ts';
import type { RedisVars } from './layout.ts';
import { redisCheck } from './modules/check.ts';
import { redisCluster } from './modules/cluster.ts';
import { redisData } from './modules/data.ts';
import type { Member } from './modules/members.ts';
import { redisNodes } from './modules/nodes.ts';
import { redisStop } from './modules/stop.ts';
import { configure } from './tasks/configure.ts';
import { install } from './tasks/install.ts';
import { service } from './tasks/service.ts';
import { vars } from './vars.ts';
import { verify } from './verify.ts';

interface Plan {
  /** The instances of the host itself. */
  readonly own: readonly Member[];
  readonly cluster: ClusterParams;
}

export default defineRole({
  name: 'redis-cluster',
  summary: 'A Redis cluster: installed, started together, made one, grown and shrunk, rolled one by one, proven to work',
  at: import.meta.url,
  vars,
  facts: [redisNode],
  modules: [redisNodes, redisCluster, redisCheck, redisData, redisStop],
  tasks: (given, host) => {
    const { own, cluster } = planFor(given, host);
    return [...install(given, own), ...configure(given, own), ...service(given, own, cluster)];
  },
  verify: (given, host) => verify(given, planFor(given, host).cluster),
  chaos: (given, host) => chaos(given, planFor(given, host).cluster),
});

function planFor(given: RedisVars, host: RoleHost): Plan {
  const instances = instancesOf(given, host);
  return {
    own: instancesOn(instances, host.name),
    cluster: { members: instances.all, leaving: instances.leaving, deadline: given.redis_cluster_deadline },
  };
}
