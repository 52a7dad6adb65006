// What follows from a version of Kafka.
import { isAtLeast } from '../../src/index.ts';

/** What keeps the metadata of a cluster. */
export type KafkaMode = 'zookeeper' | 'kraft';

/** The Scala that most people take for a version. */
export function scalaOf(version: string): string {
  if (!isAtLeast(version, '2.4')) return '2.11';
  return isAtLeast(version, '2.6') ? '2.13' : '2.12';
}

/** The mode of a version, unless one is wanted. @throws Error with words for a person when they do not go together */
export function modeOf(version: string, wanted: KafkaMode | undefined): KafkaMode {
  if (!isAtLeast(version, '2.2')) throw new Error(`kafka_version is ${version}, this role knows 2.2 and later`);
  const mode = wanted ?? (isAtLeast(version, '4.0') ? 'kraft' : 'zookeeper');
  if (mode === 'zookeeper' && isAtLeast(version, '4.0'))
    throw new Error(
      `kafka_mode is zookeeper, but Kafka ${version} has no ZooKeeper mode (it ended with 3.9), set kraft or take an older version`,
    );
  if (mode === 'kraft' && !isAtLeast(version, '3.3'))
    throw new Error(
      `kafka_mode is kraft, but in Kafka ${version} it is not ready for production (it is from 3.3), set zookeeper or take a newer kafka_version`,
    );
  return mode;
}
