// What `tsplay verify --chaos` does to Kafka: stops a broker, then the controller, and watches messages go on.
import { task } from '../../src/index.ts';
import type { Scenario } from '../../src/index.ts';
import type { ClusterParams } from './cluster-params.ts';
import type { KafkaVars } from './layout.ts';
import { kafkaAwait } from './modules/await.ts';
import { kafkaCheck } from './modules/check.ts';
import { kafkaData } from './modules/data.ts';
import { CHAOS_TOPIC } from './modules/data-script.ts';
import { kafkaLeaders } from './modules/leaders.ts';
import { kafkaStop } from './modules/stop.ts';
import { keepRunning } from './tasks/service.ts';

/** One broker must be dispensable: of two brokers either is; of two controllers in kraft neither, they need a majority. */
export function chaos(vars: KafkaVars, cluster: ClusterParams): readonly Scenario[] {
  const fewest = cluster.ask.mode === 'kraft' ? 3 : 2;
  if (cluster.members.length < fewest) return [];
  return [brokerDies(vars, cluster, 'one'), brokerDies(vars, cluster, 'controller')];
}

function brokerDies(vars: KafkaVars, cluster: ClusterParams, which: 'one' | 'controller'): Scenario {
  const { members, unit, ask, deadline, topics } = cluster;
  // A topic with one copy is gone with its broker, and nobody promised otherwise; the widest one is sure to lie on it.
  const copied = topics.filter(({ replication_factor }) => replication_factor > 1).toSorted((a, b) => b.partitions - a.partitions);
  const topic = copied[0]?.name ?? CHAOS_TOPIC;
  const what = which === 'one' ? 'broker' : 'controller';
  return {
    name: `a ${what} dies`,
    tasks: [
      task(`a group has read before the ${what} dies`, kafkaData, { members, unit, ask, act: 'leave' }),
      task(`the ${what} is stopped`, kafkaStop, { members, unit, ask, deadline, which }),
      task(`${topic} does without the ${what}`, kafkaAwait, { members, unit, ask, deadline, state: 'degraded', topic }),
      task(`the group goes on without the ${what}`, kafkaData, { members, unit, ask, act: 'go_on' }),
    ],
    restore: [
      keepRunning(`the ${what} is started again`, cluster, vars.kafka_roll_force),
      task(`all partitions are in sync after the ${what} died`, kafkaAwait, { members, unit, ask, deadline, state: 'whole' }),
      task(`the preferred replicas lead again after the ${what} died`, kafkaLeaders, { members, unit, ask }),
      task(`the cluster is whole after the ${what} died`, kafkaCheck, { members, unit, ask }),
      task(`what the group read is removed after the ${what} died`, kafkaData, { members, unit, ask, act: 'remove' }),
    ],
  };
}
