// Module: keeps a ZooKeeper ensemble running with its present files. First start together; later one by one, followers first, leader last.
import { defineRollingModule, resource, ROLLING } from '../../../src/index.ts';
import { ASK } from '../facts/ask.ts';
import { ENSEMBLE, serverState } from '../facts/server-state.ts';
import { ensembleOrder, gateOf, isStale, leadingAfter, takenOf } from './ensemble-order.ts';
import { isInQuorum, waitForQuorum } from './in-quorum.ts';
import { MEMBERS } from './members.ts';

export const zookeeperEnsemble = defineRollingModule({
  name: 'zookeeper.ensemble',
  summary: 'Keep every server of an ensemble running with its present files, restarting one at a time, the leader last',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      ...ROLLING,
      unit: { ...ROLLING.unit, default: 'zookeeper.service' },
      ask: ASK,
      version: {
        type: 'string',
        description: 'the version a server runs once it was started, for what a dry run asks afterwards',
      },
    },
    required: ['members', 'files', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Roll an ensemble after a change of zoo.cfg',
      yaml: `- name: the ensemble runs
  zookeeper.ensemble:
    members: [{ name: server1, id: 1, address: 192.168.11.128 }]
    files: [/opt/zookeeper/zookeeper-3.4.14/conf/zoo.cfg]
    links: [/usr/local/java]
    ask: { port: 12181, home: /opt/zookeeper/zookeeper-3.4.14, java_home: /usr/local/java, data_dir: /opt/zookeeper/zkdata }
`,
    },
  ],
  facts: p => ({ server: serverState(p.ask) }),
  order: (p, cluster) => ensembleOrder(p.members, cluster),
  isServing: (_p, { have }) => have.server.mode !== 'none',
  isSettled: (p, { have }, cluster) => isInQuorum(have.server, gateOf(p, cluster)),
  settle: (p, cluster, members) => {
    const gate = gateOf(p, cluster);
    const taken = takenOf(cluster, gate, members);
    const leading = leadingAfter(p.members, cluster, taken);
    return members.map(name => waitForQuorum(name, gate, leading, isStale(cluster, name, taken) ? undefined : p.version));
  },
  starting: (p, { name }) => [serverState(p.ask).with({ mode: 'none', synced: null }, `${name} serves nobody while it starts`)],
  touches: p => [resource.port(p.ask.port), ENSEMBLE],
});
