// Fact: what one Elasticsearch node says of itself and of the cluster it has joined. Its part changes without anybody's doing.
import { defineFact, resource, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';
import { answerTo, objectIn, parsed, refusalIn, textIn } from './answers.ts';
import { asking, tell } from './ask.ts';
import type { Ask } from './ask.ts';
import { CLUSTER } from './types.ts';
import type { NodeState } from './types.ts';

/** What a node knows by itself: with `local` it asks no master, which there may not be. */
export const OWN_VIEW = '/_cluster/state/master_node,nodes?local=true&filter_path=cluster_uuid,master_node,nodes.*.name';

/** What stands for the identity of a cluster while a node has joined none. */
export const NO_UUID = '_na_';

export const esNode = defineFact({
  name: 'elasticsearch.node',
  summary: 'what an Elasticsearch node says of itself: its cluster and that one’s identity, the master and the nodes it sees',
  probe: (at: Ask) => sh`${asking(at.authorization)}
${tell('root', at, '/')}
[ "$status" = 000 ] || { ${tell('state', at, OWN_VIEW)}; }
exit 0`,
  reads: ({ port }) => [CLUSTER, resource.port(port)],
  parse: (output): NodeState => parseNode(output),
  absent: silent('nobody answers'),
  cost: 'slow',
});

/** A node that does not answer. */
export function silent(says: string): NodeState {
  return { says, name: '', cluster: '', version: '', uuid: '', master: '', nodes: [] };
}

function parseNode(output: ProbeOutput): NodeState {
  const [root, state] = [answerTo(output, 'root'), answerTo(output, 'state')];
  const refusal = refusalIn(root) || refusalIn(state);
  if (refusal !== '') return silent(refusal);
  const own = objectIn(parsed(root.body));
  const seen = objectIn(parsed(state.body));
  const nodes = Object.entries(objectIn(seen['nodes'])).map(([id, node]) => ({ id, name: textIn(objectIn(node)['name']) }));
  const uuid = textIn(seen['cluster_uuid']);
  return {
    says: '',
    name: textIn(own['name']),
    cluster: textIn(own['cluster_name']),
    version: textIn(objectIn(own['version'])['number']),
    uuid: uuid === NO_UUID ? '' : uuid,
    master: nodes.find(({ id }) => id === seen['master_node'])?.name ?? '',
    nodes: nodes.map(({ name }) => name).sort(),
  };
}
