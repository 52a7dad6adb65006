// The further keys of server.properties: checked against those that variables of their own set. They win over what the role itself adds.
import type { KafkaVars } from './layout.ts';
import type { Setting } from './properties.ts';
import type { KafkaMode } from './versions.ts';

/** Keys the role writes, and the variable to use instead. */
const MANAGED: Readonly<Record<string, string>> = {
  'broker.id': 'kafka_id',
  'node.id': 'kafka_id',
  listeners: 'kafka_listeners',
  'advertised.listeners': 'kafka_advertised_listeners',
  'log.dirs': 'kafka_log_dirs',
  'log.dir': 'kafka_log_dirs',
  'num.network.threads': 'kafka_network_threads',
  'num.io.threads': 'kafka_io_threads',
  'num.partitions': 'kafka_num_partitions',
  'default.replication.factor': 'kafka_default_replication_factor',
  'min.insync.replicas': 'kafka_min_insync_replicas',
  'auto.create.topics.enable': 'kafka_auto_create_topics',
  'unclean.leader.election.enable': 'kafka_unclean_leader_election',
  'message.max.bytes': 'kafka_message_max_bytes',
  'replica.fetch.max.bytes': 'kafka_message_max_bytes',
  'log.retention.hours': 'kafka_retention_hours',
  'log.segment.bytes': 'kafka_segment_bytes',
  'inter.broker.protocol.version': 'kafka_protocol_version',
};

/** Keys the role writes by itself, or must not be written, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  port: 'Kafka 3.0 forgot it, set kafka_port',
  'host.name': 'Kafka 3.0 forgot it, set kafka_address or kafka_listeners',
  'advertised.port': 'Kafka 3.0 forgot it, set kafka_advertised_listeners',
  'advertised.host.name': 'Kafka 3.0 forgot it, set kafka_advertised_listeners',
  'zookeeper.connect': 'the hosts of kafka_zookeeper_group and kafka_zookeeper_chroot say where ZooKeeper is',
  'process.roles': 'every host of the group is broker and controller, or, with ZooKeeper, broker',
  'controller.quorum.voters': 'the inventory says who the controllers are',
  'controller.quorum.bootstrap.servers': 'the inventory says who the controllers are',
  'controller.listener.names': 'the role names that listener',
  'controlled.shutdown.enable': 'rolling one by one rests on it',
};

/** The further settings by name. @throws Error with words for a person when one is managed already */
export function furtherSettings(
  { kafka_config, kafka_protocol_version }: Pick<KafkaVars, 'kafka_config' | 'kafka_protocol_version'>,
  mode: KafkaMode,
): readonly Setting[] {
  if (mode === 'kraft' && kafka_protocol_version !== undefined)
    throw new Error(
      'kafka_protocol_version is for clusters with ZooKeeper, in kraft the cluster keeps its metadata.version itself, leave it out',
    );
  const keys = Object.keys(kafka_config).sort();
  for (const key of keys) {
    const variable = MANAGED[key];
    if (variable !== undefined) throw new Error(`kafka_config sets ${key}, which ${variable} sets already, set that`);
    const reason = REFUSED[key];
    if (reason !== undefined) throw new Error(`kafka_config sets ${key}, but ${reason}`);
    if (!/^[A-Za-z0-9._-]+$/.test(key))
      throw new Error(`kafka_config has the key ${JSON.stringify(key)}, which cannot stand in server.properties`);
  }
  return keys.map(key => ({ key, value: String(kafka_config[key]) }));
}
