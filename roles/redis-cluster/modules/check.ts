// Module: proves that a Redis cluster is whole. Changes nothing; what is wrong names the instance.
import { defineClusterModule, unmet } from '../../../src/index.ts';
import { problemsOf } from './check-problems.ts';
import { describeCluster } from './describe.ts';
import { hostsOf, MEMBERS, MEMBERS_YAML, nodesOn, seenOf } from './members.ts';

export const redisCheck = defineClusterModule({
  name: 'redis.check',
  summary: 'Prove that all instances see one whole cluster: every slot served, every replica connected, on another host than its master',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      replicas: { type: 'integer', minimum: 0, default: 1, description: 'replicas that each master has to have' },
    },
    required: ['members'],
    additionalProperties: false,
  },
  examples: [{ title: 'The cluster is whole', yaml: `- name: the cluster is whole\n  redis.check:\n${MEMBERS_YAML}` }],
  members: p => hostsOf(p.members),
  facts: (p, host) => nodesOn(p.members, host),
  changes: (p, have) => {
    const problems = problemsOf(seenOf(p.members, have), p.replicas);
    return problems.length === 0 ? [] : [unmet(problems.map(({ words }) => words).join('; '), problems[0]?.on)];
  },
  says: (p, have) => {
    const seen = seenOf(p.members, have);
    return problemsOf(seen, p.replicas).length > 0 ? undefined : `${describeCluster(seen) ?? ''}, 16384 slots served`;
  },
});
