// Watches who is in sync: asks every broker of a cluster, many times a second, for as long as something is done to it.
import { setTimeout as delay } from 'node:timers/promises';
import { askMetadata, type BrokerAddress, type ClusterMetadata } from './kafka-metadata.ts';

/** What was seen. */
export interface Watched {
  /** How often a broker answered. */
  readonly answers: number;
  /** Milliseconds of the longest time in which nobody answered: what may have gone unseen. */
  readonly longestGap: number;
  /** Brokers that were out of the ISR of some partition at some time. */
  readonly everOut: readonly number[];
  /** In words, each answer in which two or more brokers were out at once, or in which a partition had nobody left in sync. */
  readonly tooMany: readonly string[];
}

export interface Sampler {
  stop(): Promise<Watched>;
}

const EVERY = 100;

/**
 * Starts watching; resolves once a broker has answered.
 *
 * Each answer is judged by itself: it is one broker's picture of the cluster at one moment, which the controller sends to all in the order of
 * events. Two pictures laid together would show a broker out that came back in between. A broker that has just started was not told of all partitions
 * yet, nor of the brokers that lead them, and says that nobody does: until it knows of a leader for each it counts as no answer.
 */
export async function startSampler(brokers: readonly BrokerAddress[]): Promise<Sampler> {
  const state = { answers: 0, longestGap: 0, everOut: new Set<number>(), tooMany: [] as string[], last: 0, isStopped: false };
  /** Brokers that have not told of the whole cluster since they last gave no answer. */
  const starting = new Set(brokers);
  const look = async (broker: BrokerAddress): Promise<void> => {
    const seen = await askMetadata(broker).catch(() => undefined);
    if (seen === undefined) starting.add(broker);
    else if (seen.partitions.length > 0 && seen.partitions.every(({ leader }) => leader !== -1)) starting.delete(broker);
    if (seen === undefined || starting.has(broker)) return;
    const now = performance.now();
    if (state.answers > 0) state.longestGap = Math.max(state.longestGap, now - state.last);
    state.last = now;
    state.answers += 1;
    const out = brokersOut(seen);
    out.forEach(id => state.everOut.add(id));
    const broken = seen.partitions.filter(partition => partition.isr.length === 0);
    if (out.length > 1 || broken.length > 0) state.tooMany.push(inWords(broker, seen, out));
  };
  // One loop for each broker: one that does not answer keeps no other waiting.
  const loops = brokers.map(async broker => {
    while (!state.isStopped) {
      await look(broker);
      await delay(EVERY);
    }
  });
  const deadline = performance.now() + 30_000;
  while (state.answers === 0) {
    if (performance.now() > deadline) throw new Error('no broker tells of a partition, there is nothing to watch');
    await delay(EVERY);
  }
  return {
    async stop() {
      state.isStopped = true;
      await Promise.all(loops);
      const gap = Math.max(state.longestGap, performance.now() - state.last);
      return { answers: state.answers, longestGap: gap, everOut: [...state.everOut].sort(), tooMany: state.tooMany };
    },
  };
}

/** Brokers that should hold a replica and are not in sync with its leader: those of the partitions that are under-replicated. */
export function brokersOut({ partitions }: ClusterMetadata): readonly number[] {
  return [...new Set(partitions.flatMap(({ replicas, isr }) => replicas.filter(id => !isr.includes(id))))].sort();
}

/** Partitions with fewer replicas in sync than there should be, as `kafka-topics.sh --under-replicated-partitions` names them. */
export function underReplicated({ partitions }: ClusterMetadata): readonly string[] {
  return partitions
    .filter(({ replicas, isr }) => isr.length < replicas.length)
    .map(({ topic, id }) => `${topic}-${id}`)
    .sort();
}

function inWords({ address, port }: BrokerAddress, { partitions }: ClusterMetadata, out: readonly number[]): string {
  const few = partitions.filter(({ replicas, isr }) => isr.length < replicas.length);
  const shown = few.map(({ topic, id, replicas, isr }) => `${topic}-${id} has ${isr.join(',') || 'nobody'} of ${replicas.join(',')}`);
  return `${new Date().toISOString()} ${address}:${port} says that ${out.join(' and ')} are out: ${shown.join('; ')}`;
}
