// Versions of Kafka compared, and what follows from them.

/** What keeps the metadata of a cluster. */
export type KafkaMode = 'zookeeper' | 'kraft';

/** The part of a version that decides what brokers understand of each other: `3.9` of `3.9.1`. */
export function lineOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** Below 0 when the first version is the older one, 0 when they are the same; parts that are missing count as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(version => version.split('.').map(Number));
  const places = [0, 1, 2].map(place => (left?.[place] ?? 0) - (right?.[place] ?? 0));
  return places.find(difference => difference !== 0) ?? 0;
}

/** Whether a version is at least another, which may be short: `isAtLeast('3.9.1', '3.3')`. */
export function isAtLeast(version: string, other: string): boolean {
  return compareVersions(version, other) >= 0;
}

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
      `kafka_mode is kraft, but in Kafka ${version} it is not ready for production (it is from 3.3), set zookeeper or take a newer version`,
    );
  return mode;
}
