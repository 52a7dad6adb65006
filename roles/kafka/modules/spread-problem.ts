// What is wrong with how a topic lies over the brokers, in words with what to do; undefined when it lies evenly.
import type { WantedTopic } from '../cluster-params.ts';
import type { Topic, Topics } from '../facts/types.ts';
import { nameSome } from './check-whole.ts';
import type { Member } from './members.ts';

/** What one broker has of a topic. */
interface Share {
  readonly name: string;
  readonly leads: number;
  readonly holds: number;
}

export function spreadProblem(wanted: WantedTopic, { topics }: Topics, members: readonly Member[]): string | undefined {
  const { name, partitions, replication_factor } = wanted;
  const topic = topics[name];
  if (topic === undefined) return `there is no topic ${name}`;
  if (topic.partitions.length !== partitions) return `${name} has ${topic.partitions.length} partitions, wanted ${partitions}`;
  const odd = topic.partitions.find(({ replicas }) => replicas.length !== replication_factor);
  if (odd !== undefined) return `${name}-${odd.id} has ${countOf(odd.replicas.length, 'replica')}, wanted ${replication_factor}`;
  const moved = topic.partitions.filter(({ leader, replicas }) => leader !== replicas[0]).map(({ id }) => ({ name: `${name}-${id}` }));
  if (moved.length > 0) {
    return `${nameSome('partition', moved)} ${moved.length > 1 ? 'are' : 'is'} not led by the preferred replica; Kafka moves leaders back by itself within five minutes (auto.leader.rebalance.enable), kafka.leaders at once`;
  }
  // Fewer partitions than brokers cannot be spread over all of them.
  if (partitions < members.length) return undefined;
  const shares = sharesOf(topic, members);
  // Kafka deals replicas out round by round; in a round that is not full one broker may get several more than another.
  const slack = partitions % members.length === 0 ? 1 : replication_factor;
  if (range(shares.map(({ leads }) => leads)) <= 1 && range(shares.map(({ holds }) => holds)) <= slack) return undefined;
  return `${name} is not spread evenly: ${inWords(shares)}; move partitions with kafka-reassign-partitions.sh`;
}

/** `LvsKafka: 24 partitions, 2 replicas each; server1 leads 8 and holds 16, …`. */
export function spreadInWords(name: string, topic: Topic, members: readonly Member[]): string {
  const replicas = topic.partitions[0]?.replicas.length ?? 0;
  return `${name}: ${countOf(topic.partitions.length, 'partition')}, ${countOf(replicas, 'replica')} each; ${inWords(sharesOf(topic, members))}`;
}

function sharesOf({ partitions }: Topic, members: readonly Member[]): readonly Share[] {
  return members.map(({ id, name }) => ({
    name,
    leads: partitions.filter(({ leader }) => leader === id).length,
    holds: partitions.filter(({ replicas }) => replicas.includes(id)).length,
  }));
}

function inWords(shares: readonly Share[]): string {
  return shares.map(({ name, leads, holds }) => `${name} leads ${leads} and holds ${holds}`).join(', ');
}

function range(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
