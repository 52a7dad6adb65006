// A client that writes all the while, to whichever node answers, and keeps every document that was acknowledged; afterwards it asks for each of them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabState } from '../../../src/lab/types.ts';
import { askElasticsearch } from './elasticsearch-hosts.ts';

const INDEX = 'written';
/** Documents at most, and milliseconds between two: it is there to notice gaps, not to fill disks. */
const MOST = 20_000;
const PACE = 10;

/** What became of it. */
export interface Written {
  readonly acknowledged: number;
  /** Of these, how many nobody has any more. */
  readonly lost: number;
  /** Milliseconds, the longest between two acknowledgements. */
  readonly longestGap: number;
}

/** Begins to write. @returns what ends it, and looks */
export async function startWriting(state: LabState): Promise<() => Promise<Written>> {
  const settings = JSON.stringify({ settings: { number_of_shards: 3, number_of_replicas: 1 } });
  await askElasticsearch(state, `/${INDEX}?wait_for_active_shards=all`, { method: 'PUT', body: settings });
  const ending = new AbortController();
  const acknowledged: number[] = [];
  let [longestGap, last] = [0, performance.now()];
  const writing = (async () => {
    let id = 0;
    while (id < MOST && !ending.signal.aborted) {
      await sleep(PACE);
      const host = state.hosts[id % state.hosts.length];
      const isTaken = await write(host?.address ?? '', id).catch(() => false);
      if (!isTaken && !(await writeSomewhere(state, id))) continue;
      acknowledged.push(id);
      longestGap = Math.max(longestGap, performance.now() - last);
      last = performance.now();
      id += 1;
    }
  })();
  return async () => {
    ending.abort();
    await writing;
    return { acknowledged: acknowledged.length, lost: await countLost(state, acknowledged), longestGap: Math.round(longestGap) };
  };
}

async function writeSomewhere(state: LabState, id: number): Promise<boolean> {
  for (const { address } of state.hosts) if (await write(address, id).catch(() => false)) return true;
  return false;
}

async function write(address: string, id: number): Promise<boolean> {
  const response = await fetch(`http://${address}:9200/${INDEX}/_doc/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id }),
    signal: AbortSignal.timeout(10_000),
  });
  await response.arrayBuffer();
  return response.ok;
}

async function countLost(state: LabState, ids: readonly number[]): Promise<number> {
  let lost = 0;
  for (let from = 0; from < ids.length; from += 1000) {
    const body = JSON.stringify({ ids: ids.slice(from, from + 1000).map(String) });
    const { docs } = (await askElasticsearch(state, `/${INDEX}/_mget?_source=false`, { method: 'POST', body })) as {
      readonly docs: readonly { readonly found?: boolean }[];
    };
    lost += docs.filter(({ found }) => found !== true).length;
  }
  return lost;
}
