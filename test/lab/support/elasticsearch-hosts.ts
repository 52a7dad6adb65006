// The Elasticsearch nodes of a lab, seen from outside: asked over HTTP by this machine, not through the role.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabState } from '../../../src/lab/types.ts';

/** How it is asked beside the path. */
export interface Asking {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the first node that answers gives back. @throws Error when none does */
export async function askElasticsearch(state: LabState, path: string, init: Asking = {}): Promise<unknown> {
  const failures: unknown[] = [];
  for (const { address } of state.hosts) {
    try {
      const response = await fetch(`http://${address}:9200${path}`, {
        ...init,
        headers: { 'content-type': 'application/json', ...init.headers },
        signal: AbortSignal.timeout(10_000),
      });
      if (response.ok) return await response.json();
      failures.push(`${address}: ${response.status} ${await response.text()}`);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, `no node answers ${path}`);
}

/** Resolves once every node has joined and every copy is there. @throws AggregateError when that takes over two minutes */
export async function untilGreen(state: LabState, init?: Asking): Promise<void> {
  const deadline = Date.now() + 120_000;
  const path = `/_cluster/health?wait_for_status=green&wait_for_nodes=${state.hosts.length}&timeout=5s`;
  for (;;) {
    try {
      await askElasticsearch(state, path, init);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(500);
    }
  }
}

/** `cluster.routing.allocation.enable` in both scopes; undefined where nobody set it. */
export async function allocationOf(state: LabState, init?: Asking): Promise<{ readonly persistent?: string; readonly transient?: string }> {
  const name = 'cluster.routing.allocation.enable';
  const said = (await askElasticsearch(state, '/_cluster/settings?flat_settings=true', init)) as Record<string, Record<string, string>>;
  return Object.fromEntries(Object.entries(said).flatMap(([scope, settings]) => (name in settings ? [[scope, settings[name]]] : [])));
}

/** The name of the master, which is that of its host here. */
export async function masterOf(state: LabState, init?: Asking): Promise<string> {
  const [master] = (await askElasticsearch(state, '/_cat/master?format=json', init)) as readonly { readonly node: string }[];
  return master?.node ?? '';
}

/** The identity of the cluster that each node has joined, by host; empty where it has joined none, or does not answer. */
export async function uuidsOf({ hosts }: LabState): Promise<Readonly<Record<string, string>>> {
  const said = hosts.map(async ({ name, address }) => {
    const root = await fetch(`http://${address}:9200/`, { signal: AbortSignal.timeout(10_000) })
      .then(response => response.json() as Promise<{ readonly cluster_uuid?: string }>)
      .catch(() => undefined);
    const uuid = root?.cluster_uuid ?? '';
    return [name, uuid === '_na_' ? '' : uuid] as const;
  });
  return Object.fromEntries(await Promise.all(said));
}

const KEPT = 'documents';

/** Writes documents that are to be found again. @returns how many were acknowledged */
export async function leaveDocuments(state: LabState, count: number): Promise<number> {
  const lines = Array.from({ length: count }, (_, id) => `${JSON.stringify({ index: { _id: String(id) } })}\n${JSON.stringify({ id })}\n`);
  const { items } = (await askElasticsearch(state, `/${KEPT}/_bulk?refresh=true`, { method: 'POST', body: lines.join('') })) as {
    readonly items: readonly { readonly index: { readonly status: number } }[];
  };
  return items.filter(({ index }) => index.status < 300).length;
}

/** How many of them are found. */
export async function findDocuments(state: LabState): Promise<number> {
  const { count } = (await askElasticsearch(state, `/${KEPT}/_count`)) as { readonly count: number };
  return count;
}
