// The gate after nodes were started or one was restarted: each has joined, allocation is as it was, and the cluster is green.
import { listed, sh, waitFor } from '../../../src/index.ts';
import type { Change, FactSet, Wait } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { esCluster } from '../facts/cluster.ts';
import { NO_UUID, OWN_VIEW } from '../facts/node.ts';
import { esSettings } from '../facts/settings.ts';
import { esTemplates } from '../facts/templates.ts';
import { esUsers } from '../facts/users.ts';
import { freeAllocation } from './allocation.ts';
import { askOf, memberOf, nodeOf } from './members.ts';
import type { Member } from './members.ts';
import { hasJoined, isHeld, isHolding, nodeNames } from './nodes-view.ts';
import type { Node, Nodes, NodesParams } from './nodes-view.ts';

/** What stands for the identity that a cluster gives itself when it forms. */
export const NEW_UUID = 'given when the cluster forms';

export function settle(p: NodesParams, cluster: Nodes, names: readonly string[]): readonly (Change | Wait)[] {
  const [first] = names;
  if (first === undefined) return [];
  const comers = cluster.present.filter(member => names.includes(member.name) && !isUp(p, cluster, member));
  // Where all had joined, this is a turn, and the first of the names is the one that has it.
  const isTurn = comers.length === 0;
  const waiting = isTurn ? [memberOf(p.members, first)] : comers.map(({ name }) => memberOf(p.members, name));
  const isFreed = (isTurn && isHolding(p, cluster)) || isHeld(cluster);
  return [
    ...waiting.map(member => waitUntilJoined(p, cluster, member)),
    ...(isFreed ? [freeAllocation(p, cluster, memberOf(p.members, first))] : []),
    waitUntilGreen(
      p,
      cluster,
      first,
      `${listed(waiting.map(({ node }) => node))} to be back, and the cluster to be green`,
      isTurn ? first : undefined,
    ),
  ];
}

/** While it starts a node serves nobody. */
export function starting(p: NodesParams, { name }: Node): readonly FactSet[] {
  const { node } = memberOf(p.members, name);
  return [
    {
      ...nodeOf(memberOf(p.members, name), p.authorization).with(
        { says: 'it starts', master: '' },
        `${node} serves nobody while it starts`,
      ),
      standsIn: true,
    },
  ];
}

function isUp(p: NodesParams, cluster: Nodes, member: Node): boolean {
  return member.state === 'running' && hasJoined(p, cluster, member);
}

function waitUntilJoined(p: NodesParams, cluster: Nodes, member: Member): Wait {
  const { name, node, address, port } = member;
  return waitFor({
    for: `${node} to have joined the cluster`,
    until: sh`${asking(p.authorization)}
http GET ${address} ${port} ${OWN_VIEW}
case $status$body in
40[13]*) problem="it does not let in whom elasticsearch_password is the password of ($status)" ;;
*'"cluster_uuid":"${NO_UUID}"'*) problem='it has joined no cluster' ;;
*'"master_node":"'*) problem='' ;;
*) problem="it knows no master ($body)" ;;
esac
for other in ${nodeNames(p, cluster)}; do
  [ -z "$problem" ] || break
  case $body in *"\\"name\\":\\"$other\\""*) ;; *) problem="it does not see $other" ;; esac
done
[ -n "$problem" ] || exit 0
echo "$problem"
systemctl show -p ActiveState -p SubState -- ${p.unit}
journalctl -u ${p.unit} -n 5 -o cat --no-pager 2>/dev/null
exit 1`,
    deadline: p.deadline,
    interval: 1,
    sets: ownSets(p, cluster, member),
    on: name,
  });
}

/**
 * Waits until every copy is where it belongs. While versions are mixed a replica cannot go to an older node, so yellow is as good as it gets then.
 * @param restarted who has had its turn; when it was the master, another one is by now
 */
export function waitUntilGreen(p: NodesParams, cluster: Nodes, on: string, words: string, restarted?: string): Wait {
  const { address, port } = memberOf(p.members, on);
  return waitFor({
    for: words,
    until: sh`${asking(p.authorization)}
http GET ${address} ${port} '/_cluster/health?master_timeout=5s&timeout=1s' || { echo "$status $body"; exit 1; }
field() { expr "$body" : ".*\\"$1\\":\\"\\{0,1\\}\\([a-z0-9.]*\\)" 2>/dev/null; }
color=$(field status) moving=$(( $(field initializing_shards) + $(field relocating_shards) )) lacking=$(field unassigned_shards)
[ "$color" = green ] && [ "$moving" -eq 0 ] && exit 0
said="status $color, $moving copies on their way, $lacking not allocated, $(field active_shards_percent_as_number) % there"
if [ "$color" = yellow ] && [ "$moving" -eq 0 ]; then
  ${p.members.length === 1 ? sh`exit 0` : sh`:`}
  http GET ${address} ${port} '/_cat/nodes?h=version&master_timeout=5s'
  [ "$(printf '%s\\n' "$body" | tr -d ' ' | sort -u | wc -l)" -le 1 ] || exit 0
  http GET ${address} ${port} '/_cat/shards?h=index,shard,prirep,unassigned.reason,state&master_timeout=5s'
  said="$said: $(printf '%s\\n' "$body" | awk '/UNASSIGNED/ && n++ < 3 { printf "%s%s shard %s (%s)", n > 1 ? ", " : "", $1, $2, $4 }')"
fi
echo "$said"
exit 1`,
    deadline: p.deadline,
    interval: 1,
    sets: wholeSets(p, cluster, restarted),
    on,
  });
}

/** What every node says then: all see each other, and the same master. */
function wholeSets(p: NodesParams, cluster: Nodes, restarted: string | undefined): readonly FactSet[] {
  const { whole, speaker, present } = cluster;
  const isNew = present.every(({ have }) => have.node.uuid === '');
  const [first] = p.members;
  const green = { says: '', status: 'green', moving: 0, lacking: [] } as const;
  const asked = speaker ?? first?.name ?? '';
  const ask = askOf(memberOf(p.members, asked), p.authorization);
  return [
    ...present.flatMap(({ name }) => ownSets(p, cluster, memberOf(p.members, name), restarted)),
    ...(whole === undefined
      ? []
      : [
          {
            ...esCluster(ask)
              .on(asked)
              .becomes({ ...whole.cluster, ...green }, 'all copies are allocated again'),
            standsIn: true,
          },
        ]),
    // Nobody was told what is set: a dry run goes on as if nothing were, a run asks again.
    ...(whole === undefined || whole.settings.says === ''
      ? []
      : [
          {
            ...esSettings(ask)
              .on(asked)
              .becomes({ ...whole.settings, says: '' }, 'the cluster did not say what is set'),
            standsIn: true,
          },
        ]),
    // Nothing is in a cluster that has just formed but what Elasticsearch itself puts there.
    ...(isNew && whole === undefined
      ? [
          {
            ...esCluster(ask)
              .on(asked)
              .becomes({ ...green, single: [] }, 'a new cluster has no indices of yours'),
            standsIn: true,
          },
          esSettings(ask).on(asked).becomes({ says: '', persistent: {}, transient: {} }, 'a new cluster has no settings yet'),
          { ...esTemplates(ask).on(asked).becomes({ says: '', templates: {} }, 'a new cluster has no templates of yours'), standsIn: true },
          ...(p.authorization === ''
            ? []
            : [{ ...esUsers(ask).on(asked).becomes({ says: '', users: {} }, 'a new cluster has no users of yours'), standsIn: true }]),
        ]
      : []),
  ];
}

function ownSets(p: NodesParams, cluster: Nodes, member: Member, restarted?: string): readonly FactSet[] {
  const { present } = cluster;
  const before = present.find(({ have }) => have.node.master !== '')?.have.node;
  const own = present.find(({ name }) => name === member.name);
  const taken = restarted === undefined ? undefined : memberOf(p.members, restarted).node;
  const heirs = present.map(({ name }) => memberOf(p.members, name)).filter(({ eligible }) => eligible);
  const isElected = before === undefined || before.master === taken;
  const master = isElected ? (heirs.find(({ node }) => node !== taken) ?? heirs[0])?.node : before.master;
  const isStale = own?.state === 'running' && own.due !== undefined && own.name !== restarted;
  return [
    {
      ...nodeOf(member, p.authorization).with(
        {
          says: '',
          name: member.node,
          cluster: p.cluster,
          ...(!isStale && { version: p.version }),
          uuid: before?.uuid ?? present.find(({ have }) => have.node.uuid !== '')?.have.node.uuid ?? NEW_UUID,
          master: master ?? '',
          nodes: nodeNames(p, cluster),
        },
        isElected ? 'an election makes one of the nodes the master' : `${member.node} joins the others`,
      ),
      standsIn: true,
    },
  ];
}
