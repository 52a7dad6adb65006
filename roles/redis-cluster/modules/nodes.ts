// Module: keeps all instances of a Redis cluster running with their present files. First start together; later one by one, replicas first.
import { defineRollingModule, resource, ROLLING, sh } from '../../../src/index.ts';
import type { Turn } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { agreed } from './agree.ts';
import { atOf, confOf, MEMBERS } from './members.ts';
import { FAILOVER, gate, namesAt, prepare } from './nodes-gate.ts';
import { settle, starting } from './nodes-settle.ts';
import { instanceFacts, mastersIn, memberOf, pictureIn, seenIn } from './nodes-view.ts';
import type { Nodes, NodesParams } from './nodes-view.ts';
import { readings, swapped } from './picture.ts';
import type { Picture } from './picture.ts';

export const redisNodes = defineRollingModule({
  name: 'redis.nodes',
  summary: 'Keep every instance of a Redis cluster running with its present files, restarting one at a time, masters after a failover',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      ...ROLLING,
      force: {
        type: 'boolean',
        default: false,
        description: 'restart a master that has no replica, although its slots are not served meanwhile',
      },
    },
    required: ['members', 'unit', 'files'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Roll a cluster after a change of redis.conf',
      yaml: `- name: the instances run
  redis.nodes:
    unit: redis@.service
    files: []
    members:
      - name: redis1:7000
        host: redis1
        address: 192.168.57.11
        port: 7000
        unit: redis@7000.service
        files: [/usr/local/redis_cluster/7000/redis.conf, /etc/systemd/system/redis@.service]
        data: /usr/local/redis_cluster/7000/data
`,
    },
  ],
  facts: instanceFacts,
  order,
  // One that does not answer takes nothing away when it is restarted, and its present files may be what mends it.
  isServing: (_p, { have }) => have.node.says === '',
  isSettled: (_p, { have }) => have.node.says === '' && have.node.link,
  gate,
  prepare,
  settle,
  starting,
  // What instances say of each other is foretold by the waits, and read anew after every step of a run.
  touches: p => [...new Set(p.members.map(({ port }) => port))].map(port => resource.port(port)),
  remember: (p, cluster) => mastersIn(p, cluster).join(' ') || 'none',
  finally: (p, cluster) => {
    const seen = seenIn(p, cluster);
    const picture = pictureIn(seen);
    const before = (cluster.remembered ?? '').split(' ').filter(at => p.members.some(member => atOf(member) === at));
    const after = picture === undefined ? undefined : givenBack(picture, before);
    const [first] = p.members;
    return {
      attribute: 'masters',
      from: namesAt(p, mastersIn(p, cluster)),
      to: namesAt(p, after === undefined ? before : mastersIn(p, cluster).map(at => heirOf(at, picture, before))),
      command: sh`${asking(first === undefined ? '' : confOf(first))}${FAILOVER}
whole() {
${agreed({ all: p.members.map(atOf).filter(at => picture?.has(at) === true), whole: true, by: first ?? memberOf(p, '') })}
}
for master in ${before.length === 0 ? sh`` : before}; do
  case $(role_of "$master") in
  master) ;;
  slave) fail_over "$master" || exit 1 ;;
  *) echo "$master does not answer, and so cannot take its slots back; start it, or take it out of the inventory" >&2; exit 1 ;;
  esac
done
[ -z ${before.join(' ')} ] || for attempt in $(awk 'BEGIN { for (i = 0; i < ${p.deadline}; i++) print i }'); do
  problem=$( (whole) 2>&1 ) && exit 0
  sleep 0.5
done
echo "\${problem:-}"
[ -z ${before.join(' ')} ]`,
      sets: after === undefined ? [] : readings(seen, after, true),
    };
  },
});

/** Replicas in the order of the inventory, then masters: by then each is a replica itself. */
function order(p: Pick<NodesParams, 'members'>, { present }: Nodes): readonly Turn[] {
  const isMaster = (name: string): boolean =>
    present.some(one => one.name === name && one.have.node.part === 'master' && isMet(one.have.node.view));
  const names = p.members.map(({ name }) => name).filter(name => present.some(one => one.name === name));
  return [
    ...names.filter(name => !isMaster(name)).map(member => ({ member })),
    ...names.filter(isMaster).map(member => ({ member, part: 'master' })),
  ];
}

function isMet(view: readonly unknown[]): boolean {
  return view.length > 1;
}

function givenBack(picture: Picture, before: readonly string[]): Picture {
  return before.reduce((now, at) => {
    const own = now.get(at);
    return own?.part === 'replica' && !before.includes(own.of) ? swapped(now, own.of, at) : now;
  }, picture);
}

/** Who takes over from a master when everything is as it was before. */
function heirOf(master: string, picture: Picture | undefined, before: readonly string[]): string {
  return before.includes(master) ? master : (before.find(at => picture?.get(at)?.of === master) ?? master);
}
