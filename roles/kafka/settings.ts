// What stands in server.properties, in sections: everything that variables decide, then whatever else is wanted.
import { isAtLeast } from '../../src/index.ts';
import type { RoleHost } from '../../src/index.ts';
import { at, zookeeperConnect } from './brokers-of.ts';
import { furtherSettings } from './further-settings.ts';
import type { KafkaVars, Layout } from './layout.ts';
import type { Member } from './modules/members.ts';
import { escapeValue } from './properties.ts';
import type { Setting } from './properties.ts';

/** Settings under one heading. */
export interface Section {
  readonly title: string;
  readonly settings: readonly Setting[];
}

const CONTROLLER = 'CONTROLLER';

/** The file's sections, values escaped. @throws Error with words for a person */
export function settingsOf(vars: KafkaVars, layout: Layout, brokers: readonly Member[], host: RoleHost): readonly Section[] {
  const further = furtherSettings(vars, layout.mode);
  const isFurther = (key: string): boolean => further.some(setting => setting.key === key);
  const sections: readonly (readonly [string, Readonly<Record<string, string | number | boolean>>])[] = [
    ['who it is, and where it is reached', identity(vars, layout, brokers, host)],
    ['threads; buffers and the largest request in bytes', network(vars)],
    ['where messages are kept, one folder for each disk, and how long', storage(vars, layout)],
    ['topics', topics(vars, brokers)],
    ['the topics that Kafka keeps for itself', internalTopics(vars, brokers)],
  ];
  const own = sections.map(([title, entries]) => ({
    title,
    settings: Object.entries(entries)
      .filter(([key]) => !isFurther(key))
      .map(([key, value]) => ({ key, value: escapeValue(String(value)) })),
  }));
  const others = further.map(({ key, value }) => ({ key, value: escapeValue(value) }));
  return others.length === 0 ? own : [...own, { title: 'kafka_config', settings: others }];
}

function identity(
  vars: KafkaVars,
  { mode }: Layout,
  brokers: readonly Member[],
  host: RoleHost,
): Readonly<Record<string, string | number>> {
  const own = brokers.find(broker => broker.name === host.name);
  const { id = 0, address = host.address } = own ?? {};
  const listeners = listenersOf(vars, address);
  const advertised = vars.kafka_advertised_listeners ?? listeners;
  if (mode === 'zookeeper') {
    return {
      'broker.id': id,
      listeners: listeners.join(','),
      'advertised.listeners': advertised.join(','),
      'zookeeper.connect': zookeeperConnect(vars, host),
      'zookeeper.connection.timeout.ms': 18000,
    };
  }
  const taken = listeners.find(listener => listener.endsWith(`:${vars.kafka_controller_port}`));
  if (taken !== undefined) throw new Error(`${taken} and kafka_controller_port are the same port, give the controllers one of their own`);
  return {
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': brokers.map(broker => `${broker.id}@${at(broker.address, vars.kafka_controller_port)}`).join(','),
    listeners: [...listeners, `${CONTROLLER}://${at(address, vars.kafka_controller_port)}`].join(','),
    'advertised.listeners': advertised.join(','),
    'controller.listener.names': CONTROLLER,
    'listener.security.protocol.map': protocolsOf(vars, listeners),
  };
}

function listenersOf({ kafka_listeners, kafka_port }: KafkaVars, address: string): readonly string[] {
  const listeners = kafka_listeners ?? [`PLAINTEXT://${at(address, kafka_port)}`];
  if (!listeners.some(listener => listener.endsWith(`:${kafka_port}`)))
    throw new Error(`kafka_listeners has no listener on port ${kafka_port} (kafka_port), where tsplay asks the cluster, add one`);
  return listeners;
}

/** Every listener needs its protocol; those that are named after one mean it. */
function protocolsOf({ kafka_config }: KafkaVars, listeners: readonly string[]): string {
  const names = listeners.map(listener => listener.slice(0, listener.indexOf('://')));
  const known = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];
  const odd = names.find(name => !known.includes(name));
  if (odd !== undefined && !('listener.security.protocol.map' in kafka_config))
    throw new Error(
      `kafka_listeners has the listener ${odd}, whose protocol is not known, set listener.security.protocol.map in kafka_config`,
    );
  return [`${CONTROLLER}:PLAINTEXT`, ...known.map(name => `${name}:${name}`)].join(',');
}

function network({ kafka_network_threads, kafka_io_threads }: KafkaVars): Readonly<Record<string, number>> {
  return {
    'num.network.threads': kafka_network_threads,
    'num.io.threads': kafka_io_threads,
    'socket.send.buffer.bytes': 102400,
    'socket.receive.buffer.bytes': 102400,
    'socket.request.max.bytes': 104857600,
  };
}

function storage(vars: KafkaVars, { logDirs }: Layout): Readonly<Record<string, string | number>> {
  return {
    'log.dirs': logDirs.join(','),
    'log.retention.hours': vars.kafka_retention_hours,
    'log.segment.bytes': vars.kafka_segment_bytes,
    'log.retention.check.interval.ms': 300000,
  };
}

function topics(vars: KafkaVars, brokers: readonly Member[]): Readonly<Record<string, number | boolean>> {
  return {
    'num.partitions': vars.kafka_num_partitions,
    'default.replication.factor': defaultCopies(vars, brokers),
    'min.insync.replicas': vars.kafka_min_insync_replicas,
    'auto.create.topics.enable': vars.kafka_auto_create_topics,
    'unclean.leader.election.enable': vars.kafka_unclean_leader_election,
    'message.max.bytes': vars.kafka_message_max_bytes,
    'replica.fetch.max.bytes': vars.kafka_message_max_bytes,
    'controlled.shutdown.enable': true,
  };
}

function internalTopics({ kafka_version }: KafkaVars, brokers: readonly Member[]): Readonly<Record<string, number>> {
  const copies = Math.min(3, brokers.length);
  const inSync = Math.min(2, brokers.length);
  return {
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    ...(isAtLeast(kafka_version, '4.0') && {
      'share.coordinator.state.topic.replication.factor': copies,
      'share.coordinator.state.topic.min.isr': inSync,
    }),
  };
}

/** Copies of a topic that does not say how many. @throws Error with words for a person */
export function defaultCopies(
  vars: Pick<KafkaVars, 'kafka_default_replication_factor' | 'kafka_min_insync_replicas'>,
  brokers: readonly Member[],
): number {
  const copies = vars.kafka_default_replication_factor ?? Math.min(3, brokers.length);
  if (copies > brokers.length)
    throw new Error(
      `kafka_default_replication_factor is ${copies}, but there ${brokers.length === 1 ? 'is one broker' : `are ${brokers.length} brokers`}, each keeps one copy at most`,
    );
  if (vars.kafka_min_insync_replicas > copies)
    throw new Error(
      `kafka_min_insync_replicas is ${vars.kafka_min_insync_replicas}, but topics have ${copies} ${copies === 1 ? 'copy' : 'copies'}, so that nothing could be written`,
    );
  return copies;
}
