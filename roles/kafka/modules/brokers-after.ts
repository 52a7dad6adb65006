// What a cluster says of itself once a broker is back: assumed in a dry run, so that the next turn can be foretold.
import { unknown } from '../../../src/index.ts';
import type { FactSet } from '../../../src/index.ts';
import { kafkaQuorum } from '../facts/quorum.ts';
import { kafkaTopics } from '../facts/topics.ts';
import type { Partition, Quorum, Topics } from '../facts/types.ts';
import type { Whole } from './check-whole.ts';
import type { Brokers, BrokersParams } from './brokers-view.ts';
import type { Member } from './members.ts';

/** Every partition in sync; one without a leader is led by its preferred replica. */
export function healed(topics: Topics): Topics {
  return mapPartitions(topics, partition => ({
    ...partition,
    leader: partition.leader ?? partition.replicas[0] ?? null,
    isr: partition.replicas,
  }));
}

/** Every partition in sync and led by its preferred replica. */
export function preferred(topics: Topics): Topics {
  return mapPartitions(topics, partition => ({ ...partition, leader: partition.replicas[0] ?? null, isr: partition.replicas }));
}

/**
 * What is read of the whole once all brokers that can be asked are back.
 * @param restarted a broker that was taken down; when it was the controller, another one is by then
 * @param on whose readings these are: a fact of the whole is kept by the host that answered it
 */
export function afterwards(p: BrokersParams, cluster: Brokers, restarted: string | undefined, on: readonly string[]): readonly FactSet[] {
  const { whole } = cluster;
  const refs = (sets: (host: string) => readonly FactSet[]): readonly FactSet[] => [...new Set(on)].flatMap(sets);
  if (whole !== undefined && whole.quorum.says === '' && whole.topics.says === '') {
    const { quorum, assumed } = quorumAfter(p, whole, restarted);
    const topics = healed(whole.topics);
    return refs(host => [
      // Who leads a partition, and who is controller, may be others as well.
      { ...kafkaQuorum(p.ask).on(host).becomes(quorum, assumed), standsIn: quorum.controller !== whole.quorum.controller },
      { ...kafkaTopics(p.ask).on(host).becomes(topics, 'all partitions are in sync again'), standsIn: true },
    ]);
  }
  // Somebody runs and was not asked: what it says is still to be read.
  if (whole !== undefined || cluster.present.some(({ state }) => state === 'running')) return [];
  const controller = unknown('which broker becomes controller shows when they run') as never;
  const quorum: Quorum = { says: '', brokers: idsOf(p, cluster), controller };
  const isNew = cluster.away.length === 0 && cluster.present.every(({ have }) => !have.meta.hasLog);
  return refs(host => [
    kafkaQuorum(p.ask).on(host).becomes(quorum, 'all brokers register'),
    ...(isNew ? [kafkaTopics(p.ask).on(host).becomes({ says: '', topics: {} }, 'a new cluster has no topics')] : []),
  ]);
}

function quorumAfter(
  p: BrokersParams,
  { quorum }: Whole,
  restarted: string | undefined,
): { readonly quorum: Quorum; readonly assumed: string } {
  const brokers = [...new Set([...quorum.brokers, ...p.members.map(({ id }) => id)])].sort((a, b) => a - b);
  const isTaken = ({ id, name }: Member): boolean => name === restarted && id === quorum.controller;
  const heir = p.members.find(member => !isTaken(member));
  if (heir === undefined || (quorum.controller !== null && !p.members.some(isTaken))) {
    return { quorum: { ...quorum, brokers }, assumed: 'all brokers register' };
  }
  return { quorum: { ...quorum, brokers, controller: heir.id }, assumed: 'all brokers register, and one of them becomes controller' };
}

function idsOf(p: BrokersParams, { away }: Brokers): readonly number[] {
  return p.members
    .filter(({ name }) => !away.includes(name))
    .map(({ id }) => id)
    .sort((a, b) => a - b);
}

function mapPartitions({ says, topics }: Topics, map: (partition: Partition) => Partition): Topics {
  return {
    says,
    topics: Object.fromEntries(Object.entries(topics).map(([name, topic]) => [name, { ...topic, partitions: topic.partitions.map(map) }])),
  };
}
