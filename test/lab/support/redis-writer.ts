// A client that is not ours: ioredis, writing to every part of the slots without pause, remembering what was acknowledged and when.
import { setTimeout as delay } from 'node:timers/promises';
import { Cluster } from 'ioredis';
import type { LabState } from '../../../src/lab/types.ts';
import { MASTERS, PASSWORD } from './redis-hosts.ts';

/** What became of the writes. */
export interface RedisWritten {
  readonly acknowledged: number;
  /** Acknowledged, and not there afterwards with their values. */
  readonly lost: readonly string[];
  /** What the client gave up: it never said that it was written. */
  readonly refused: readonly string[];
  /** Milliseconds of the longest time without an acknowledged write, for each part: a gap over all would hide a part that stands still. */
  readonly longest: readonly number[];
}

export interface RedisWriter {
  stop(): Promise<RedisWritten>;
}

/** Parts of the slots, as three masters share them when the cluster is made. */
const PARTS = 3;
const SLOTS = 16384;
/** Each part is written to by the keys of so many slots, spread over it: some stay where they are and some move. */
const SPREAD = 16;
const PAUSE_MS = 5;
/** What is remembered has a bound: with the pause, more than is written in ten minutes. */
const MOST = 100_000;

/** Starts writing; resolves once the cluster has told where its slots are. */
export async function startRedisWriter({ hosts }: LabState): Promise<RedisWriter> {
  const nodes = MASTERS.map(({ host, port }) => ({ host: hosts.find(({ name }) => name === host)?.address ?? '', port }));
  const cluster = new Cluster(nodes, { redisOptions: { password: PASSWORD } });
  // What goes wrong shows in the writes.
  cluster.on('error', () => undefined);
  const tags = await tagsOfParts(cluster);
  const written = new Map<string, string>();
  const refused: string[] = [];
  let isStopped = false;
  const name = `written-${Date.now()}`;
  const write = async (own: readonly string[]): Promise<number> => {
    let longest = 0;
    let last = performance.now();
    for (let count = 0; !isStopped && written.size < MOST; count += 1) {
      const [key, value] = [`{${own[count % own.length] ?? ''}}${name}-${count}`, String(count)];
      try {
        await cluster.set(key, value);
        written.set(key, value);
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      } catch (error) {
        refused.push(`${key}: ${error instanceof Error ? error.message : String(error)}`);
      }
      await delay(PAUSE_MS);
    }
    return Math.max(longest, performance.now() - last);
  };
  const writing = tags.map(write);
  return {
    async stop() {
      isStopped = true;
      const longest = await Promise.all(writing);
      if (written.size >= MOST) throw new Error(`more than ${MOST} writes, and nobody remembers the rest`);
      const lost = await lostOf(cluster, written);
      cluster.disconnect();
      return { acknowledged: written.size, lost, refused, longest };
    },
  };
}

/** Hash tags whose slots lie in each part. */
async function tagsOfParts(cluster: Cluster): Promise<readonly (readonly string[])[]> {
  const found = Array.from({ length: PARTS }, () => new Map<number, string>());
  for (let number = 0; found.some(tags => tags.size < SPREAD); number += 1) {
    const slot = await cluster.cluster('KEYSLOT', `t${number}`);
    const place = Math.floor((slot * PARTS * SPREAD) / SLOTS);
    found[Math.floor(place / SPREAD)]?.set(place % SPREAD, `t${number}`);
  }
  return found.map(tags => [...tags.values()]);
}

/** Takes what is there away again, so that nobody after this has to move it. */
async function lostOf(cluster: Cluster, written: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const lost: string[] = [];
  const waiting = [...written];
  for (let some = waiting.splice(0, 500); some.length > 0; some = waiting.splice(0, 500)) {
    const there = await Promise.all(some.map(([key]) => cluster.getdel(key)));
    lost.push(...some.flatMap(([key, value], index) => (there[index] === value ? [] : [`${key}=${value}: ${there[index] ?? 'gone'}`])));
  }
  return lost;
}
