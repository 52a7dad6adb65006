// Fact: what an Elasticsearch node keeps on disk of who it is. Two nodes with one id are a machine and its clone.
import { defineFact, resource, sh } from '../../../src/index.ts';

/** What lies below `path.data`. */
export interface Kept {
  /** Whether a node has ever started there. */
  readonly started: boolean;
  /** The node's id; empty when there is none. */
  readonly id: string;
}

// The id stands as plain text in the commit that Lucene writes for the cluster state: in nodes/0/_state up to 7, in _state from 8 on.
export const esKept = defineFact({
  name: 'elasticsearch.kept',
  summary: 'whether an Elasticsearch node has ever started with a data directory, and the id it has there',
  probe: ({ data }: { readonly data: string }) => sh`
for state in ${data}/nodes/0/_state ${data}/_state; do
  [ -d "$state" ] || continue
  echo started
  for file in "$state"/segments_*; do
    [ ! -f "$file" ] || LC_ALL=C tr -c 'A-Za-z0-9_-' '\\n' <"$file" | awk 'length($0) == 22 && before == "node_id" { print "id " $0 } $0 != "" { before = $0 }'
  done
done
exit 0`,
  // Not the data directory itself: one that is yet to be made, and given its owner, holds nothing.
  reads: ({ data }) => [resource.tree(`${data}/nodes`), resource.tree(`${data}/_state`)],
  parse: ({ stdout }): Kept => ({ started: /^started$/m.test(stdout), id: /^id (\S+)$/m.exec(stdout)?.[1] ?? '' }),
  absent: { started: false, id: '' },
  cost: 'cheap',
  tools: ['tr'],
});
