// Fact: what an Elasticsearch node keeps on disk of who it is, and what has written it. Two nodes with one id are a machine and its clone.
import { defineFact, resource, sh } from '../../../src/index.ts';

/** What lies below `path.data`. */
export interface Kept {
  /** Whether a node has ever started there. */
  readonly started: boolean;
  /** The node's id; empty when there is none. */
  readonly id: string;
  /** The version that has last opened it; empty when that is not known. */
  readonly version: string;
}

// Id and version stand as plain text in the commit that Lucene writes for the cluster state, from 7.6 on: in nodes/0/_state up to 7, in
// _state from 8 on.
export const esKept = defineFact({
  name: 'elasticsearch.kept',
  summary:
    'whether an Elasticsearch node has ever started with a data directory, the id it has there, and the version that has last opened it',
  probe: ({ data }: { readonly data: string }) => sh`
for state in ${data}/nodes/0/_state ${data}/_state; do
  [ -d "$state" ] || continue
  echo started
  for file in "$state"/segments_*; do
    [ ! -f "$file" ] || LC_ALL=C tr -c 'A-Za-z0-9_-' '\\n' <"$file" | awk '
      length($0) == 22 && before == "node_id" { print "id " $0 }
      before == "node_version" && /^[0-9]+$/ { print "version " $0 }
      $0 != "" { before = $0 }'
  done
done
exit 0`,
  // Not the data directory itself: one that is yet to be made, and given its owner, holds nothing.
  reads: ({ data }) => [resource.tree(`${data}/nodes`), resource.tree(`${data}/_state`)],
  parse: ({ stdout }): Kept => ({
    started: /^started$/m.test(stdout),
    id: /^id (\S+)$/m.exec(stdout)?.[1] ?? '',
    version: inDots([...stdout.matchAll(/^version (\d+)$/gm)].map(([, number]) => Number(number))),
  }),
  absent: { started: false, id: '', version: '' },
  cost: 'cheap',
  tools: ['tr'],
});

/** Of 7172899 that is 7.17.28; there may be an older commit beside the newest. */
function inDots(numbers: readonly number[]): string {
  if (numbers.length === 0) return '';
  const newest = Math.max(...numbers);
  return [Math.floor(newest / 1_000_000), Math.floor(newest / 10_000) % 100, Math.floor(newest / 100) % 100].join('.');
}
