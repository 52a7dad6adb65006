// Module: stops servers of an ensemble on purpose, for `--chaos`. Asked once: what comes after is for others to put right.
import { change, defineClusterModule, isAbsent, resource, run, sh, unitState, unmet, waitFor } from '../../../src/index.ts';
import type { Absent, Change, Wait } from '../../../src/index.ts';
import { ASK, asking } from '../facts/ask.ts';
import type { Ask } from '../facts/ask.ts';
import { ENSEMBLE, serverState } from '../facts/server-state.ts';
import type { ServerState } from '../facts/server-state.ts';
import { MEMBERS } from './members.ts';
import type { Member } from './members.ts';

export const zookeeperStop = defineClusterModule({
  name: 'zookeeper.stop',
  summary: 'Stop the leader of an ensemble, or all servers but one',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      which: { type: 'string', enum: ['leader', 'all_but_one'], description: 'the leader, or every server but the one with the lowest id' },
      unit: { type: 'string', default: 'zookeeper.service', description: 'the systemd unit of the server' },
      ask: ASK,
      deadline: { type: 'integer', minimum: 1, default: 60, description: 'seconds until the others have noticed' },
    },
    required: ['members', 'which', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'See what happens when the leader dies',
      yaml: `- name: the leader dies
  zookeeper.stop:
    which: leader
    members: [{ name: server1, id: 1, address: 192.168.11.128 }]
    ask: { port: 12181, home: /opt/zookeeper/zookeeper-3.4.14, java_home: /usr/local/java, data_dir: /opt/zookeeper/zkdata }
`,
    },
  ],
  rounds: () => 0,
  members: p => p.members.map(member => member.name),
  facts: p => ({ unit: unitState({ unit: p.unit }), server: serverState(p.ask) }),
  changes: (p, have) => {
    const running = runningOf(p.members, have);
    const chosen = p.which === 'leader' ? running.filter(({ server }) => server.mode === 'leader') : running.slice(1);
    if (chosen.length === 0)
      return [unmet(p.which === 'leader' ? 'no server leads, so none can be stopped for it' : 'fewer than two servers run')];
    const others = running.filter(member => !chosen.includes(member));
    return [...chosen.map(({ name }) => stop(name, p.unit, p.ask.port)), ...others.map(member => waitForNotice(member, p.ask, p.deadline))];
  },
});

interface Running {
  readonly name: string;
  readonly server: ServerState;
}

interface StopHave {
  readonly unit: { readonly active: string };
  readonly server: ServerState;
}

function runningOf(members: readonly Member[], have: ReadonlyMap<string, StopHave | Absent>): readonly Running[] {
  return [...members]
    .sort((a, b) => a.id - b.id)
    .flatMap(({ name }) => {
      const answer = have.get(name);
      return answer === undefined || isAbsent(answer) || answer.unit.active !== 'active' ? [] : [{ name, server: answer.server }];
    });
}

function stop(on: string, unit: string, port: number): Change {
  return change('running', true, false, {
    actions: [run(sh`systemctl stop -- ${unit}`)],
    sets: [unitState({ unit }).with({ active: 'inactive' })],
    touches: [resource.unit(unit), resource.port(port), ENSEMBLE],
    on,
  });
}

// For a moment a follower still says that it follows a leader that is gone; only a new epoch or silence shows that it knows better.
function waitForNotice({ name, server }: Running, ask: Ask, deadline: number): Wait {
  return waitFor({
    for: `${name} has noticed`,
    until: sh`${asking(ask)}
case $(ask srvr) in *Mode:*) ;; *) exit 0 ;; esac
epoch=$(cat ${ask.data_dir}/version-2/currentEpoch)
[ "$epoch" -gt ${server.epoch ?? 0} ] && exit 0
echo "it still serves in epoch $epoch"
exit 1`,
    deadline,
    sets: [serverState(ask).with({ mode: 'none', synced: null }, `${name} notices that others are gone`)],
    touches: [ENSEMBLE],
    on: name,
  });
}
