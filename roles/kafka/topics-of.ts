// The topics that must be there, with every default filled in.
import type { WantedTopic } from './cluster-params.ts';
import type { KafkaVars } from './layout.ts';
import type { Member } from './modules/members.ts';
import { defaultCopies } from './settings.ts';

/** A topic with its settings, as Kafka's tools take them. */
export interface DescribedTopic extends WantedTopic {
  readonly config: Readonly<Record<string, string>>;
}

/** The topics in the order they are described. @throws Error with words for a person */
export function topicsOf(vars: KafkaVars, brokers: readonly Member[]): readonly DescribedTopic[] {
  const copies = defaultCopies(vars, brokers);
  const described = vars.kafka_topics ?? [{ name: 'test', partitions: 1, replication_factor: Math.min(2, brokers.length), config: {} }];
  const topics = described.map(({ name, partitions, replication_factor, config }) => ({
    name,
    partitions: partitions ?? vars.kafka_num_partitions,
    replication_factor: replication_factor ?? copies,
    config: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)])),
  }));
  for (const topic of topics) checkTopic(topic, topics, brokers);
  return topics;
}

function checkTopic({ name, replication_factor }: DescribedTopic, all: readonly DescribedTopic[], brokers: readonly Member[]): void {
  if (name === '.' || name === '..')
    throw new Error(`kafka_topics has a topic ${JSON.stringify(name)}, which Kafka does not take for a name`);
  const [, twin] = all.filter(other => metricName(other.name) === metricName(name));
  if (twin?.name === name && all.filter(other => other.name === name).length > 1)
    throw new Error(`kafka_topics names ${name} twice, keep one of them`);
  if (twin !== undefined && twin.name !== name)
    throw new Error(
      `kafka_topics has ${name} and ${twin.name}, which Kafka's metrics cannot tell apart (. and _ are one there), rename one of them`,
    );
  if (replication_factor > brokers.length)
    throw new Error(
      `topic ${name} of kafka_topics wants ${replication_factor} copies, but there ${brokers.length === 1 ? 'is one broker' : `are ${brokers.length} brokers`}, each keeps one copy at most`,
    );
}

function metricName(topic: string): string {
  return topic.replaceAll('.', '_');
}
