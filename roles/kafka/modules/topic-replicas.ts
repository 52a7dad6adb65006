// Where the replicas of a topic shall lie when their number changes: as few as possible move, and no partition loses its leader.
import type { Partition } from '../facts/types.ts';

/**
 * The partitions with `wanted` replicas each; those that have them already are handed back as they are. The preferred leader stays
 * first. New ones go where this topic has fewest replicas; those that are not in sync go first, then the last, the leader never.
 * @param brokers ids of those that can take a replica
 */
export function placeReplicas(partitions: readonly Partition[], wanted: number, brokers: readonly number[]): readonly Partition[] {
  const load = new Map(brokers.map(id => [id, partitions.filter(({ replicas }) => replicas.includes(id)).length]));
  return partitions.map(partition => {
    if (partition.replicas.length === wanted) return partition;
    const replicas = partition.replicas.length < wanted ? grown(partition.replicas, wanted, load) : shrunk(partition, wanted);
    return { ...partition, replicas };
  });
}

function grown(replicas: readonly number[], wanted: number, load: Map<number, number>): readonly number[] {
  const free = [...load.keys()].filter(id => !replicas.includes(id)).sort((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0) || a - b);
  const added = free.slice(0, wanted - replicas.length);
  for (const id of added) load.set(id, (load.get(id) ?? 0) + 1);
  return [...replicas, ...added];
}

function shrunk({ replicas, isr, leader }: Partition, wanted: number): readonly number[] {
  const leaving = [...replicas]
    .reverse()
    .filter(id => id !== leader)
    .sort((a, b) => Number(isr.includes(a)) - Number(isr.includes(b)))
    .slice(0, replicas.length - wanted);
  return replicas.filter(id => !leaving.includes(id));
}
