// Module: makes one cluster of the instances, and keeps it as described. Each round answers with the first thing that is missing; a half made
// cluster is one more state to go on from.
import { defineClusterModule } from '../../../src/index.ts';
import { nextClusterSteps } from './cluster-steps.ts';
import { hostsOf, MEMBERS, MEMBERS_YAML, nodesOn, seenOf } from './members.ts';
import { describeCluster } from './describe.ts';

export const redisCluster = defineClusterModule({
  name: 'redis.cluster',
  summary: 'Make one cluster of Redis instances, with all slots served, and no replica on the host of its master',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      leaving: { type: 'array', items: { type: 'string' }, default: [], description: 'names of the members that are to leave' },
      replicas: { type: 'integer', minimum: 0, default: 1, description: 'replicas of each master' },
      balance: { type: 'boolean', default: true, description: 'move slots between masters that differ by more than 2 %' },
      deadline: { type: 'integer', minimum: 1, default: 120, description: 'seconds until all instances have to agree, after each step' },
    },
    required: ['members'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'One replica for each master',
      yaml: `- name: the instances are one cluster
  redis.cluster:
    replicas: 1
${MEMBERS_YAML}`,
    },
  ],
  // Mending, meeting, slots, replicas, moving, replicas again, leaving; and a wait for agreement before each.
  rounds: () => 20,
  members: p => hostsOf(p.members),
  facts: (p, host) => nodesOn(p.members, host),
  changes: (p, have) => nextClusterSteps(p, seenOf(p.members, have)),
  says: (p, have) => describeCluster(seenOf(p.members, have)),
});
