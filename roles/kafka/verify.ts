// What `tsplay verify` proves of Kafka: that the cluster works, not that processes run.
import { task } from '../../src/index.ts';
import type { RoleTask } from '../../src/index.ts';
import type { ClusterParams } from './cluster-params.ts';
import type { KafkaVars } from './layout.ts';
import { kafkaCheck } from './modules/check.ts';
import { kafkaData } from './modules/data.ts';
import { kafkaSpread } from './modules/spread.ts';

/** All brokers and one controller, every topic spread evenly, and messages that come out as they went in. */
export function verify(_vars: KafkaVars, { members, unit, ask, topics }: ClusterParams): readonly RoleTask[] {
  return [
    task('all brokers are registered and every partition is in sync', kafkaCheck, { members, unit, ask }),
    ...topics.map(topic => task(`topic ${topic.name} is spread evenly`, kafkaSpread, { members, unit, ask, topic })),
    task('messages produced on one broker are consumed on another', kafkaData, { members, unit, ask }),
  ];
}
