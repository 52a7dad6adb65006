// Module: keeps an Elasticsearch cluster running with its present files. First start together; later one by one, the master last.
import { defineRollingModule, resource, ROLLING } from '../../../src/index.ts';
import type { Turn } from '../../../src/index.ts';
import { AUTHORIZATION } from '../facts/ask.ts';
import { holdAllocation, setAllocation, settingsAfter } from './allocation.ts';
import { memberOf, MEMBERS, MEMBERS_YAML } from './members.ts';
import { gate } from './nodes-gate.ts';
import { settle, starting } from './nodes-settle.ts';
import { hasJoined, isHeld, isHolding, isServing, nodeFacts, wholeOf } from './nodes-view.ts';
import type { Nodes, NodesParams } from './nodes-view.ts';

export const esNodes = defineRollingModule({
  name: 'elasticsearch.nodes',
  summary: 'Keep every node of an Elasticsearch cluster running with its present files, restarting one at a time, the master last',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      ...ROLLING,
      unit: { ...ROLLING.unit, default: 'elasticsearch.service' },
      authorization: AUTHORIZATION,
      cluster: { type: 'string', description: 'cluster.name, for what a dry run asks afterwards' },
      version: { type: 'string', description: 'the version a node runs once it was started, for what a dry run asks afterwards' },
      force: {
        type: 'boolean',
        default: false,
        description: 'restart although the cluster is not green, or indices with one copy become unavailable meanwhile',
      },
    },
    required: ['members', 'files', 'cluster', 'version'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Roll a cluster after a change of elasticsearch.yml',
      yaml: `- name: the nodes run
  elasticsearch.nodes:
    cluster: imooc-es-cluster
    version: 7.17.28
    files: [/opt/elasticsearch/config/elasticsearch.yml]
${MEMBERS_YAML}`,
    },
  ],
  facts: nodeFacts,
  whole: wholeOf,
  order,
  // One without a master takes nothing away when it is restarted, and its present files may be what mends it.
  isServing: (_p, member) => isServing(member),
  isSettled: (p, member, cluster) => hasJoined(p, cluster, member) && !isHeld(cluster),
  gate,
  meanwhile: (p, cluster, next) => (isHolding(p, cluster) ? [holdAllocation(p, cluster, memberOf(p.members, next.name))] : []),
  settle,
  starting,
  // What nodes say of each other is foretold by the waits, and read anew after every step of a run.
  touches: p => [...new Set(p.members.map(({ port }) => port))].map(port => resource.port(port)),
  finally: (p, cluster) => ({
    attribute: 'allocation',
    from: 'primaries or all',
    to: 'all',
    command: setAllocation(p.members, p.authorization, null),
    sets: settingsAfter(p, cluster, null),
  }),
});

/** Those that cannot be master first, the master last: one election, not several. */
function order({ members }: Pick<NodesParams, 'members'>, { present }: Nodes): readonly Turn[] {
  const master = present.map(({ have }) => have.node.master).find(name => name !== '');
  const names = members.map(({ name }) => name).filter(name => present.some(one => one.name === name));
  const placeOf = (name: string): number => {
    const { node, eligible } = memberOf(members, name);
    return node === master ? 2 : eligible ? 1 : 0;
  };
  return names
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map(name => (placeOf(name) === 2 ? { member: name, part: 'master' } : { member: name }));
}
