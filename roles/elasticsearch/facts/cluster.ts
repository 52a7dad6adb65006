// Fact: the health of a whole Elasticsearch cluster, and what has no second copy. One node answers for all.
import { defineFact, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';
import { answerTo, objectIn, parsed, refusalIn } from './answers.ts';
import { asking, tell } from './ask.ts';
import type { Ask } from './ask.ts';
import { CLUSTER } from './types.ts';
import type { ClusterState } from './types.ts';

export const esCluster = defineFact({
  name: 'elasticsearch.cluster',
  summary: 'the health of an Elasticsearch cluster, the indices that lack copies, and the shards that have only one',
  probe: (at: Ask) => sh`${asking(at.authorization)}
${tell('health', at, '/_cluster/health?master_timeout=5s&timeout=1s')}
[ "$status" = 000 ] || { ${tell('shards', at, '/_cat/shards?h=index,shard,state,node&master_timeout=5s')}; }
exit 0`,
  reads: () => [CLUSTER],
  parse: (output): ClusterState => parseCluster(output),
  absent: { says: 'nobody answers', status: 'red', moving: 0, lacking: [], single: [] },
  cost: 'slow',
});

function parseCluster(output: ProbeOutput): ClusterState {
  const [health, shards] = [answerTo(output, 'health'), answerTo(output, 'shards')];
  const says = refusalIn(health) || refusalIn(shards);
  const { status, initializing_shards, relocating_shards } = objectIn(parsed(health.body));
  const copies = [...shards.body.matchAll(/^(\S+) +(\d+) +([A-Z]+) *(.*?) *$/gm)].map(
    ([, index = '', shard = '', state = '', node = '']) => ({
      index,
      key: `${index} ${shard}`,
      state,
      node,
    }),
  );
  const count = new Map<string, number>();
  for (const { key } of copies) count.set(key, (count.get(key) ?? 0) + 1);
  const single = copies.filter(({ key, node }) => count.get(key) === 1 && node !== '').map(({ index, node }) => ({ index, node }));
  return {
    says,
    status: says !== '' || (status !== 'green' && status !== 'yellow') ? 'red' : status,
    moving: Number(initializing_shards ?? 0) + Number(relocating_shards ?? 0),
    lacking: [...new Set(copies.filter(({ state }) => state === 'UNASSIGNED').map(({ index }) => index))].sort(),
    single: [...new Map(single.map(one => [`${one.index} ${one.node}`, one])).values()].sort((a, b) => (a.index < b.index ? -1 : 1)),
  };
}
