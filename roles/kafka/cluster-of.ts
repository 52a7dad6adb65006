// Fills in what every cluster module of this role is given.
import type { RoleHost } from '../../src/index.ts';
import { at, zookeeperConnect } from './brokers-of.ts';
import type { ClusterParams } from './cluster-params.ts';
import { startFiles } from './layout.ts';
import type { KafkaVars, Layout } from './layout.ts';
import type { Member } from './modules/members.ts';
import { topicsOf } from './topics-of.ts';

/** The cluster as the inventory has it. @throws Error with words for a person */
export function clusterOf(vars: KafkaVars, layout: Layout, brokers: readonly Member[], host: RoleHost): ClusterParams {
  return {
    members: brokers,
    ask: {
      home: layout.home,
      java_home: vars.kafka_java_home,
      version: vars.kafka_version,
      mode: layout.mode,
      bootstrap: brokers.map(({ address, port }) => at(address, port)),
      ...(layout.mode === 'zookeeper' && { zookeeper: zookeeperConnect(vars, host) }),
    },
    unit: layout.unit,
    files: startFiles(layout),
    links: [vars.kafka_java_home],
    deadline: vars.kafka_deadline,
    dirs: layout.logDirs,
    topics: topicsOf(vars, brokers).map(({ name, partitions, replication_factor }) => ({ name, partitions, replication_factor })),
  };
}
