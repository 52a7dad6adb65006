// Fact: whose the log dirs of a broker are, and whether they hold anything yet. Read from files, so it costs no JVM.
import { defineFact, resource, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';

/** What the log dirs of one broker say. */
export interface Meta {
  /** The cluster they belong to; empty when none is formatted. */
  readonly clusterId: string;
  /** broker.id or node.id; null when none is formatted. */
  readonly nodeId: number | null;
  /** Those of the dirs that belong to a cluster, in the order asked. */
  readonly formatted: readonly string[];
  /** Whether messages or metadata are there: the node has run. */
  readonly hasLog: boolean;
}

export const kafkaMeta = defineFact({
  name: 'kafka.meta',
  summary: 'which cluster and node the log dirs of a Kafka broker belong to, and whether they hold logs',
  probe: ({ dirs }: { readonly dirs: readonly string[] }) => sh`
for dir in ${dirs}; do
  printf '== %s\\n' "$dir"
  [ -d "$dir" ] || continue
  [ -r "$dir" ] && [ -x "$dir" ] || { echo denied; continue; }
  [ ! -f "$dir/meta.properties" ] || awk '{ print "meta " $0 }' "$dir/meta.properties" || echo denied
  for log in "$dir"/*-[0-9]*/*.log; do
    [ ! -e "$log" ] || { echo log; break; }
  done
done`,
  // A folder that is made, or given to somebody, says nothing of itself: only what a node puts into it does.
  reads: ({ dirs }) => dirs.map(dir => resource.path(`${dir}/meta.properties`)),
  parse: (output): Meta => parseMeta(output),
  absent: { clusterId: '', nodeId: null, formatted: [], hasLog: false },
  cost: 'cheap',
});

function parseMeta({ stdout }: ProbeOutput): Meta {
  const dirs = stdout.split(/^== /m).slice(1).map(readDir);
  const denied = dirs.find(({ isDenied }) => isDenied);
  if (denied) throw new Error(`${denied.dir} cannot be read, become root for this task`);
  const [first, ...others] = dirs.filter(({ isFormatted }) => isFormatted);
  const strange = others.find(({ clusterId, nodeId }) => clusterId !== first?.clusterId || nodeId !== first.nodeId);
  if (first && strange) {
    throw new Error(
      `${first.dir} belongs to node ${first.nodeId} of cluster ${first.clusterId}, but ${strange.dir} to node ${strange.nodeId} of cluster ${strange.clusterId}, give this broker the disks of one node`,
    );
  }
  return {
    clusterId: first?.clusterId ?? '',
    nodeId: first?.nodeId ?? null,
    formatted: dirs.filter(({ isFormatted }) => isFormatted).map(({ dir }) => dir),
    hasLog: dirs.some(({ hasLog }) => hasLog),
  };
}

interface Dir extends Pick<Meta, 'clusterId' | 'nodeId' | 'hasLog'> {
  readonly dir: string;
  readonly isFormatted: boolean;
  readonly isDenied: boolean;
}

function readDir(text: string): Dir {
  const [dir = '', ...lines] = text.trimEnd().split('\n');
  const valueOf = (key: RegExp): string | undefined => lines.map(line => key.exec(line)?.[1]).findLast(value => value !== undefined);
  const node = valueOf(/^meta \s*(?:node|broker)\.id\s*[=:]\s*(\d+)\s*$/);
  const clusterId = valueOf(/^meta \s*cluster\.id\s*[=:]\s*(\S+)\s*$/);
  return {
    dir,
    clusterId: clusterId ?? '',
    nodeId: node === undefined ? null : Number(node),
    isFormatted: lines.some(line => line.startsWith('meta ')),
    isDenied: lines.includes('denied'),
    hasLog: lines.includes('log'),
  };
}
