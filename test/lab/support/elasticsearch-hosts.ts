// The Elasticsearch nodes of a lab, seen from outside: asked over HTTP by this machine, not through the role.
import type { LabState } from '../../../src/lab/types.ts';

/** What the first node that answers gives back. @throws Error when none does */
export async function askElasticsearch(state: LabState, path: string, init: RequestInit = {}): Promise<unknown> {
  const failures: unknown[] = [];
  for (const { address } of state.hosts) {
    try {
      const response = await fetch(`http://${address}:9200${path}`, {
        ...init,
        headers: { 'content-type': 'application/json' },
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

/** `cluster.routing.allocation.enable` in both scopes; undefined where nobody set it. */
export async function allocationOf(state: LabState): Promise<{ readonly persistent?: string; readonly transient?: string }> {
  const name = 'cluster.routing.allocation.enable';
  const said = (await askElasticsearch(state, '/_cluster/settings?flat_settings=true')) as Record<string, Record<string, string>>;
  return Object.fromEntries(Object.entries(said).flatMap(([scope, settings]) => (name in settings ? [[scope, settings[name]]] : [])));
}

/** The name of the master, which is that of its host here. */
export async function masterOf(state: LabState): Promise<string> {
  const [master] = (await askElasticsearch(state, '/_cat/master?format=json')) as readonly { readonly node: string }[];
  return master?.node ?? '';
}
