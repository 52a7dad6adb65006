// Module: proves that an Elasticsearch cluster is whole. Changes nothing; what is wrong names the node.
import { defineClusterModule, isAbsent, unitState, unmet } from '../../../src/index.ts';
import type { Absent } from '../../../src/index.ts';
import { AUTHORIZATION } from '../facts/ask.ts';
import { esNode, silent } from '../facts/node.ts';
import type { NodeState } from '../facts/types.ts';
import { problemsOf } from './check-problems.ts';
import type { Watched } from './check-problems.ts';
import { askFirst, askOf, memberOf, MEMBERS, MEMBERS_YAML, seenOf } from './members.ts';
import type { Member } from './members.ts';

export const esCheck = defineClusterModule({
  name: 'elasticsearch.check',
  summary: 'Prove that all nodes are in one cluster with one identity and one master, and that it is green',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      unit: { type: 'string', default: 'elasticsearch.service', description: 'the systemd unit of the node' },
      authorization: AUTHORIZATION,
      cluster: { type: 'string', description: 'the cluster.name that all must have' },
      version: { type: 'string', description: 'the version that all must run' },
      data: { type: 'string', kind: 'path', description: 'path.data, for advice' },
    },
    required: ['members', 'cluster', 'version', 'data'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'The cluster is whole',
      yaml: `- name: the cluster is whole
  elasticsearch.check:
    cluster: imooc-es-cluster
    version: 7.17.28
    data: /opt/elasticsearch/data
${MEMBERS_YAML}`,
    },
  ],
  members: p => p.members.map(({ name }) => name),
  facts: (p, name) => ({ unit: unitState({ unit: p.unit }), node: esNode(askOf(memberOf(p.members, name), p.authorization)) }),
  whole: (p, have) => askFirst(seenOf(p.members, have), p.authorization),
  changes: (p, have, { whole }) => {
    const problems = problemsOf(watchedOf(p.members, have), whole, p);
    return problems.length === 0 ? [] : [unmet(problems.map(({ words }) => words).join('; '), problems[0]?.on)];
  },
  says: (p, have, _ran, { whole }) => {
    const seen = watchedOf(p.members, have);
    if (whole === undefined || problemsOf(seen, whole, p).length > 0) return undefined;
    const [first] = seen;
    const count = seen.length === 1 ? '1 node' : `${seen.length} nodes`;
    return `${whole.cluster.status}, ${count}, master ${first?.node.master ?? ''}, ${p.cluster} (${first?.node.uuid ?? ''}), version ${p.version}`;
  },
});

interface CheckHave {
  readonly unit: { readonly active: string };
  readonly node: NodeState;
}

function watchedOf(members: readonly Member[], have: ReadonlyMap<string, CheckHave | Absent>): readonly Watched[] {
  return members.map(member => {
    const answer = have.get(member.name);
    if (answer !== undefined && !isAbsent(answer)) return { member, node: answer.node, unit: answer.unit };
    return { member, node: silent(answer?.unreachable ?? 'it is not in the play'), unit: { active: 'not seen' } };
  });
}
