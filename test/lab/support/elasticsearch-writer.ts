// A client that is not ours: Elasticsearch's own, writing without pause through all nodes, remembering every document that was acknowledged.
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '@elastic/elasticsearch';
import type { LabState } from '../../../src/lab/types.ts';

const INDEX = 'written';
/** Documents at most, and milliseconds between two: it is there to notice gaps, not to fill disks. */
const MOST = 20_000;
const PACE = 10;

/** What became of it. */
export interface Written {
  readonly acknowledged: number;
  /** Of these, how many nobody has any more. */
  readonly lost: number;
  /** What the client gave up, its own retries included: it never said that it was written. */
  readonly refused: number;
  /** Milliseconds, the longest between two acknowledgements. */
  readonly longestGap: number;
}

/** Begins to write. @returns what ends it, and looks */
export async function startWriting({ hosts }: LabState): Promise<() => Promise<Written>> {
  // As its users set it up: all nodes, and a write that one does not take in time is tried at the next.
  const client = new Client({ nodes: hosts.map(({ address }) => `http://${address}:9200`), maxRetries: 5, requestTimeout: 10_000 });
  await client.indices.create({
    index: INDEX,
    wait_for_active_shards: 'all',
    body: { settings: { number_of_shards: 3, number_of_replicas: 1 } },
  });
  const ending = new AbortController();
  const acknowledged: string[] = [];
  let [refused, longestGap, last] = [0, 0, performance.now()];
  const writing = (async () => {
    for (let id = 0; acknowledged.length < MOST && !ending.signal.aborted; id += 1) {
      await delay(PACE);
      try {
        await client.index({ index: INDEX, id: String(id), body: { id } });
        acknowledged.push(String(id));
        longestGap = Math.max(longestGap, performance.now() - last);
        last = performance.now();
      } catch {
        refused += 1;
      }
    }
    longestGap = Math.max(longestGap, performance.now() - last);
  })();
  return async () => {
    ending.abort();
    await writing;
    if (acknowledged.length >= MOST) throw new Error(`more than ${MOST} writes, and nobody remembers the rest`);
    const lost = await countLost(client, acknowledged);
    await client.close();
    return { acknowledged: acknowledged.length, lost, refused, longestGap: Math.round(longestGap) };
  };
}

async function countLost(client: Client, ids: readonly string[]): Promise<number> {
  let lost = 0;
  for (let from = 0; from < ids.length; from += 1000) {
    const { body } = await client.mget<{ readonly docs: readonly { readonly found?: boolean }[] }>({
      index: INDEX,
      body: { ids: ids.slice(from, from + 1000) },
    });
    lost += body.docs.filter(({ found }) => found !== true).length;
  }
  return lost;
}
