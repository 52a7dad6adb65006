// The gate before a broker is taken down: the cluster is whole, and nothing depends on this broker alone.
import { unknown, unmet } from '../../../src/index.ts';
import type { Unmet, Wait } from '../../../src/index.ts';
import { kafkaQuorum } from '../facts/quorum.ts';
import { kafkaTopics } from '../facts/topics.ts';
import type { Topic, Topics } from '../facts/types.ts';
import { afterwards } from './brokers-after.ts';
import { memberOf } from './brokers-view.ts';
import type { Broker, Brokers, BrokersParams } from './brokers-view.ts';
import { waitUntilWhole } from './await-whole.ts';
import { hopeOf, isWhole, nameSome, troubleOf } from './check-whole.ts';

/** Nothing when the gate is open; what comes about by itself is waited for, the rest is refused. */
export function gate(p: BrokersParams, cluster: Brokers, next: Broker): readonly (Unmet | Wait)[] {
  const { whole, speaker } = cluster;
  if (whole === undefined || speaker === undefined) return [];
  const says = [whole.quorum.says, whole.topics.says].find(words => words !== '');
  if (says !== undefined) {
    const later = unknown(`what Kafka says shows once it answers (now: ${says})`) as never;
    const sets = [kafkaQuorum(p.ask).becomes(later), kafkaTopics(p.ask).becomes(later)];
    return [waitFrom(p, speaker, `Kafka to answer (${says})`, sets)];
  }
  const refusals = p.force || p.members.length === 1 ? [] : refusalsOf(memberOf(p, next.name).id, next.name, whole.topics);
  if (refusals.length > 0) return [unmet(refusals.join('; '), next.name)];
  const trouble = troubleOf(whole, p.members);
  return isWhole(trouble) ? [] : [waitFrom(p, speaker, hopeOf(trouble), afterwards(p, cluster, undefined, [speaker]))];
}

function waitFrom(p: BrokersParams, speaker: string, words: string, sets: Wait['sets']): Wait {
  const { ask, members, unit, deadline } = p;
  return waitUntilWhole({ for: words, ask, members, on: memberOf(p, speaker), unit, deadline, sets });
}

/** What would suffer while the broker is away, with what to do about it. */
function refusalsOf(id: number, server: string, { topics }: Topics): readonly string[] {
  const held = Object.entries(topics)
    .map(([name, topic]) => ({ name, topic, partitions: topic.partitions.filter(({ replicas }) => replicas.includes(id)) }))
    .filter(({ partitions }) => partitions.length > 0);
  const alone = held.filter(({ partitions }) => partitions.some(({ replicas }) => replicas.length === 1));
  const strict = held.filter(({ topic, partitions }) =>
    partitions.some(({ replicas }) => replicas.length > 1 && replicas.length <= needed(topic)),
  );
  const force = 'or set kafka_roll_force: true';
  return [
    ...(alone.length === 0
      ? []
      : [
          `${nameSome('topic', alone)} ${have(alone)} partitions with one copy, on ${server}: a restart makes them unavailable; raise replication_factor, ${force}`,
        ]),
    ...(strict.length === 0
      ? []
      : [
          `${nameSome('topic', strict)} ${have(strict)} no copy to spare (min.insync.replicas is as high as replication_factor): while ${server} restarts, writes with acks=all are refused; lower min.insync.replicas, ${force}`,
        ]),
  ];
}

function needed({ configs }: Topic): number {
  return Number(configs['min.insync.replicas'] ?? 1);
}

function have(things: readonly unknown[]): string {
  return things.length > 1 ? 'have' : 'has';
}
