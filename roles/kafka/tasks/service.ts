// Tasks: the unit starts at boot, the cluster as a whole runs with its present files, and its topics are there.
import { systemdService, task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import type { ClusterParams } from '../cluster-params.ts';
import type { KafkaVars, Layout } from '../layout.ts';
import { kafkaBrokers } from '../modules/brokers.ts';
import { kafkaCheck } from '../modules/check.ts';
import { kafkaStorage } from '../modules/storage.ts';
import { kafkaTopic } from '../modules/topic.ts';
import { topicsOf } from '../topics-of.ts';

/** Starting and restarting is the cluster's business: one broker must not act alone. */
export function service(vars: KafkaVars, layout: Layout, cluster: ClusterParams): readonly RoleTask[] {
  return [
    ...format(vars, layout, cluster),
    task('kafka starts at boot', systemdService, { name: layout.unit, enabled: true }),
    keepRunning('the brokers run', cluster, vars.kafka_roll_force),
    ...keepTopics(vars, cluster),
    ...proveStep(vars, cluster),
  ];
}

/** Starts what does not run and rolls what runs with older files. */
export function keepRunning(name: string, { members, unit, files, links, ask, dirs, deadline }: ClusterParams, force = false): RoleTask {
  return task(name, kafkaBrokers, { members, unit, files, links, ask, dirs, deadline, force });
}

/** Without ZooKeeper the log dirs are given the cluster's identity once, before the first start. */
function format(vars: KafkaVars, layout: Layout, { members, dirs }: ClusterParams): readonly RoleTask[] {
  if (layout.mode === 'zookeeper') return [];
  const { kafka_cluster_id } = vars;
  if (kafka_cluster_id === undefined)
    throw new Error(
      `kafka_cluster_id is not set, and in mode kraft somebody has to name the cluster: make an id with "kafka-storage.sh random-uuid" or "head -c 16 /dev/urandom | base64 | tr '/+' '_-' | tr -d =", put it into the inventory, and never change it`,
    );
  return [
    task('the log dirs belong to the cluster', kafkaStorage, {
      members,
      home: layout.home,
      java_home: vars.kafka_java_home,
      config: layout.properties,
      dirs,
      cluster_id: kafka_cluster_id,
      user: vars.kafka_user,
      format_replaced: vars.kafka_format_replaced,
    }),
  ];
}

function keepTopics(vars: KafkaVars, { members, unit, ask, deadline }: ClusterParams): readonly RoleTask[] {
  return topicsOf(vars, members).map(({ name, partitions, replication_factor, config }) =>
    task(`topic ${name} is there`, kafkaTopic, { members, unit, ask, deadline, name, partitions, replication_factor, config }),
  );
}

/** A step of an upgrade ends with a proof, so that the next one starts from it. */
function proveStep({ kafka_upgrade }: KafkaVars, { members, unit, ask }: ClusterParams): readonly RoleTask[] {
  return kafka_upgrade === 'none' ? [] : [task('every broker is there and every copy in sync', kafkaCheck, { members, unit, ask })];
}
