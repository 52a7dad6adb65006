// Module: stops a master on purpose, for `--chaos`, and waits until its replica has taken over. Asked once: the rest is for others to put right.
import { change, defineClusterModule, resource, run, sh, unitState, unmet } from '../../../src/index.ts';
import { CLUSTER } from '../facts/types.ts';
import { waitUntilAgreed } from './agree.ts';
import { hostsOf, MEMBERS, MEMBERS_YAML, nodesOn, seenOf } from './members.ts';
import { mastersOf, pictureOf, placed, swapped } from './picture.ts';

export const redisStop = defineClusterModule({
  name: 'redis.stop',
  summary: 'Stop a master of a Redis cluster that has a replica, and wait until that has taken over',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      deadline: { type: 'integer', minimum: 1, default: 30, description: 'seconds within which the replica has to take over' },
    },
    required: ['members'],
    additionalProperties: false,
  },
  examples: [{ title: 'See what happens when a master dies', yaml: `- name: a master dies\n  redis.stop:\n${MEMBERS_YAML}` }],
  rounds: () => 0,
  members: p => hostsOf(p.members),
  facts: (p, host) => nodesOn(p.members, host),
  changes: (p, have) => {
    const seen = seenOf(p.members, have);
    const [first] = seen.filter(({ node }) => node.says === '');
    if (first === undefined) return [unmet('no instance answers')];
    const picture = pictureOf(first.node.view);
    const replicas = seen.filter(({ node }) => node.part === 'replica' && node.link && node.says === '');
    const master = seen.find(({ at }) => mastersOf(picture).includes(at) && replicas.some(({ node }) => node.of === at));
    const replica = replicas.find(({ node }) => node.of === master?.at);
    if (master === undefined || replica === undefined) return [unmet('no master has a connected replica, so none can be spared')];
    const { unit, host } = master.member;
    return [
      change(`${unit} running`, true, false, {
        // As when the power fails: it has no time to say goodbye.
        actions: [run(sh`systemctl kill -s KILL -- ${unit}; systemctl stop -- ${unit}`, { timeout: 60 })],
        sets: [unitState({ unit }).with({ active: 'inactive' })],
        touches: [resource.unit(unit), resource.port(master.member.port), CLUSTER],
        on: host,
      }),
      waitUntilAgreed({
        for: `${replica.member.name} to take over from ${master.member.name}`,
        all: seen.filter(({ at }) => at !== master.at).map(({ at }) => at),
        // Until it comes back, it is remembered as a master without slots.
        picture: placed(swapped(picture, master.at, replica.at), { [master.at]: { part: 'master', of: '' } }),
        serving: true,
        whole: false,
        by: replica.member,
        deadline: p.deadline,
        sets: [],
        touches: [CLUSTER],
      }),
    ];
  },
});
