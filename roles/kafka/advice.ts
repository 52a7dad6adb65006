// What is not wrong but worth a line: settings that a broker of this version does not know, and those that cost more than they seem to.
import { didYouMean } from '../../src/index.ts';
import { brokersOf } from './brokers-of.ts';
import { knownSettings } from './known-settings.ts';
import type { KafkaVars } from './layout.ts';
import { topicsOf } from './topics-of.ts';
import type { RoleHost } from '../../src/index.ts';

/** Words for a person, the same for every host they hold for. */
export function advice(vars: KafkaVars, host: RoleHost): readonly string[] {
  return [...unknownSettings(vars), ...costlySettings(vars), ...fragileTopics(vars, host)];
}

function unknownSettings({ kafka_config, kafka_version }: KafkaVars): readonly string[] {
  const known = knownSettings(kafka_version);
  return Object.keys(kafka_config)
    .filter(key => !known.has(key) && !isOpen(key))
    .sort()
    .map(key => {
      const hint = didYouMean(key, known);
      return `kafka_config sets ${key}, which Kafka ${kafka_version} does not know and passes over, unless a plug-in reads it${hint === undefined ? '' : `, ${hint}`}`;
    });
}

// Settings of one listener, and of what is commonly plugged in.
function isOpen(key: string): boolean {
  return (
    /^(listener\.name|rsm\.config|rlmm\.config|authorizer|confluent|cruise\.control)\./.test(key) ||
    ['super.users', 'allow.everyone.if.no.acl.found'].includes(key)
  );
}

function costlySettings({ kafka_config, kafka_io_threads, kafka_log_dirs = [] }: KafkaVars): readonly string[] {
  return [
    ...(String(kafka_config['log.cleaner.enable']) === 'false'
      ? ['kafka_config sets log.cleaner.enable to false: __consumer_offsets and every compacted topic then grow for ever, leave it out']
      : []),
    ...(kafka_io_threads > kafka_log_dirs.length
      ? []
      : [
          `kafka_io_threads is ${kafka_io_threads} for ${kafka_log_dirs.length} kafka_log_dirs, give every disk a thread and keep some to spare`,
        ]),
  ];
}

function fragileTopics(vars: KafkaVars, host: RoleHost): readonly string[] {
  const brokers = brokersOf(vars, host);
  if (brokers.length < 2) return [];
  return topicsOf(vars, brokers).flatMap(({ name, replication_factor: copies, config }) => {
    const needed = Number(config['min.insync.replicas'] ?? vars.kafka_min_insync_replicas);
    if (copies === 1) return [`topic ${name} has a single copy: rolling its broker stops it, and losing the broker's disk loses it`];
    if (needed >= copies)
      return [
        `topic ${name} has ${copies} copies and wants ${needed} in sync (min.insync.replicas): while one broker restarts nobody can write with acks=all`,
      ];
    return [];
  });
}
