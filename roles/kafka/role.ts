// Role: a Kafka cluster from the inventory. What it means is in the files beside it; this one only puts them in order.
import { defineRole } from '../../src/index.ts';
import type { RoleHost } from '../../src/index.ts';
import { advice } from './advice.ts';
import { brokersOf } from './brokers-of.ts';
import { chaos } from './chaos.ts';
import { clusterOf } from './cluster-of.ts';
import type { ClusterParams } from './cluster-params.ts';
import { kafkaInstalled } from './facts/installed.ts';
import { kafkaMeta } from './facts/meta.ts';
import { kafkaQuorum } from './facts/quorum.ts';
import { kafkaRunning } from './facts/running.ts';
import { kafkaTools } from './facts/tools.ts';
import { kafkaTopics } from './facts/topics.ts';
import { layoutOf } from './layout.ts';
import type { KafkaVars, Layout } from './layout.ts';
import { kafkaAwait } from './modules/await.ts';
import { kafkaBrokers } from './modules/brokers.ts';
import { kafkaCheck } from './modules/check.ts';
import { kafkaData } from './modules/data.ts';
import { kafkaLeaders } from './modules/leaders.ts';
import type { Member } from './modules/members.ts';
import { kafkaSpread } from './modules/spread.ts';
import { kafkaStop } from './modules/stop.ts';
import { kafkaStorage } from './modules/storage.ts';
import { kafkaTopic } from './modules/topic.ts';
import { kafkaUpgrade } from './modules/upgrade.ts';
import { configure } from './tasks/configure.ts';
import { install } from './tasks/install.ts';
import { service } from './tasks/service.ts';
import { guardUpgrade } from './tasks/upgrade.ts';
import { vars } from './vars.ts';
import { verify } from './verify.ts';

interface Plan {
  readonly layout: Layout;
  readonly brokers: readonly Member[];
  readonly cluster: ClusterParams;
}

export default defineRole({
  name: 'kafka',
  summary: 'A Kafka cluster, with ZooKeeper or KRaft: installed, started together, rolled one by one, its topics made, proven to work',
  at: import.meta.url,
  vars,
  facts: [kafkaInstalled, kafkaMeta, kafkaQuorum, kafkaRunning, kafkaTools, kafkaTopics],
  modules: [kafkaUpgrade, kafkaStorage, kafkaBrokers, kafkaTopic, kafkaCheck, kafkaSpread, kafkaData, kafkaStop, kafkaAwait, kafkaLeaders],
  advice,
  tasks: (given, host) => {
    const { layout, brokers, cluster } = planFor(given, host);
    return [
      guardUpgrade(given, layout, cluster),
      // By then every broker has proven to run the new program.
      ...(given.kafka_upgrade === 'lift' ? [] : install(given, layout, brokers)),
      ...configure(given, layout, brokers, host),
      ...service(given, layout, cluster),
    ];
  },
  verify: (given, host) => verify(given, planFor(given, host).cluster),
  chaos: (given, host) => chaos(given, planFor(given, host).cluster),
});

function planFor(given: KafkaVars, host: RoleHost): Plan {
  const layout = layoutOf(given);
  const brokers = brokersOf(given, host);
  return { layout, brokers, cluster: clusterOf(given, layout, brokers, host) };
}
