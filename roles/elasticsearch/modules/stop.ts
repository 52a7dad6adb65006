// Module: stops the master on purpose, for `--chaos`, and waits until the others have another. Asked once: the rest is for others to put right.
import { change, defineClusterModule, resource, run, sh, unitState, unmet, waitFor } from '../../../src/index.ts';
import { asking, AUTHORIZATION } from '../facts/ask.ts';
import { esNode } from '../facts/node.ts';
import { CLUSTER } from '../facts/types.ts';
import { askOf, memberOf, MEMBERS, MEMBERS_YAML, seenOf } from './members.ts';

export const esStop = defineClusterModule({
  name: 'elasticsearch.stop',
  summary: 'Stop the master of an Elasticsearch cluster, and wait until the others have another',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      unit: { type: 'string', default: 'elasticsearch.service', description: 'the systemd unit of the node' },
      authorization: AUTHORIZATION,
      deadline: { type: 'integer', minimum: 1, default: 60, description: 'seconds within which another one has to be master' },
    },
    required: ['members'],
    additionalProperties: false,
  },
  examples: [{ title: 'See what happens when the master dies', yaml: `- name: the master dies\n  elasticsearch.stop:\n${MEMBERS_YAML}` }],
  rounds: () => 0,
  members: p => p.members.map(({ name }) => name),
  facts: (p, name) => ({ node: esNode(askOf(memberOf(p.members, name), p.authorization)) }),
  changes: (p, have) => {
    const seen = seenOf(p.members, have);
    const master = seen.find(({ member, node }) => node.says === '' && node.master === member.node)?.member;
    const other = seen.find(({ member, node }) => node.says === '' && member !== master)?.member;
    if (master === undefined || other === undefined) return [unmet('no node is master beside another one, so none can be spared')];
    return [
      change('running', true, false, {
        // As when the power fails: it has no time to say goodbye.
        actions: [run(sh`systemctl kill -s KILL -- ${p.unit}; systemctl stop -- ${p.unit}`, { timeout: 60 })],
        sets: [unitState({ unit: p.unit }).with({ active: 'inactive' })],
        touches: [resource.unit(p.unit), resource.port(master.port), CLUSTER],
        on: master.name,
      }),
      waitFor({
        for: `another node than ${master.node} to be master`,
        until: sh`${asking(p.authorization)}
http GET ${other.address} ${other.port} '/_cat/master?h=node&master_timeout=2s' && name=$(printf %s "$body" | tr -d ' \\n') && [ -n "$name" ] && [ "$name" != ${master.node} ] && exit 0
echo "\${name:-$status $body}"
exit 1`,
        deadline: p.deadline,
        sets: [],
        touches: [CLUSTER],
        on: other.name,
      }),
    ];
  },
});
