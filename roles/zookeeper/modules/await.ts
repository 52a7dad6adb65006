// Module: waits until the servers that run serve again, or until they rightly refuse to. Used by `--chaos`, with a deadline that is the promise.
import { defineClusterModule, isAbsent, listed, sh, unitState, waitFor } from '../../../src/index.ts';
import type { Absent, Wait } from '../../../src/index.ts';
import { ASK, asking } from '../facts/ask.ts';
import { ENSEMBLE, serverState } from '../facts/server-state.ts';
import type { ServerState } from '../facts/server-state.ts';
import { epochOf, isInQuorum, waitForQuorum } from './in-quorum.ts';
import type { Gate } from './in-quorum.ts';
import { MEMBERS } from './members.ts';

interface AwaitHave {
  readonly unit: { readonly active: string };
  readonly server: ServerState;
}

interface Running {
  readonly name: string;
  readonly server: ServerState;
}

export const zookeeperAwait = defineClusterModule({
  name: 'zookeeper.await',
  summary: 'Wait until the running servers of an ensemble serve again, or refuse to for want of a majority',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      state: { type: 'string', enum: ['serving', 'refusing'], description: 'what the running servers must come to' },
      unit: { type: 'string', default: 'zookeeper.service', description: 'the systemd unit of the server' },
      ask: ASK,
      deadline: { type: 'integer', minimum: 1, default: 60, description: 'seconds it may take' },
    },
    required: ['members', 'state', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Another server leads within 20 seconds',
      yaml: `- name: another server leads
  zookeeper.await:
    state: serving
    deadline: 20
    members: [{ name: server1, id: 1, address: 192.168.11.128 }]
    ask: { port: 12181, home: /opt/zookeeper/zookeeper-3.4.14, java_home: /usr/local/java, data_dir: /opt/zookeeper/zkdata }
`,
    },
  ],
  members: p => p.members.map(member => member.name),
  facts: p => ({ unit: unitState({ unit: p.unit }), server: serverState(p.ask) }),
  changes: (p, have) => {
    const running = runningOf(have);
    const gate = { ask: p.ask, unit: p.unit, size: p.members.length, followers: running.length - 1, deadline: p.deadline };
    if (p.state === 'refusing') return running.filter(({ server }) => server.mode !== 'none').map(({ name }) => waitForRefusal(name, gate));
    const leader = running.find(({ server }) => server.mode === 'leader');
    const epoch = epochOf(running.map(({ server }) => server));
    const leading = { name: (leader ?? running.at(-1))?.name, isElected: leader === undefined, epoch };
    return running.filter(({ server }) => !isInQuorum(server, gate)).map(({ name }) => waitForQuorum(name, gate, leading));
  },
  says: (p, have) => {
    const running = runningOf(have);
    const leaders = running.filter(({ server }) => server.mode === 'leader').map(({ name }) => name);
    if (leaders.length > 0) return `${listed(leaders)} leads`;
    return `${listed(running.map(({ name }) => name))} ${running.length > 1 ? 'serve' : 'serves'} nobody`;
  },
});

function runningOf(have: ReadonlyMap<string, AwaitHave | Absent>): readonly Running[] {
  return [...have].flatMap(([name, answer]) =>
    isAbsent(answer) || answer.unit.active !== 'active' ? [] : [{ name, server: answer.server }],
  );
}

const REFUSAL = 'This ZooKeeper instance is not currently serving requests';

function waitForRefusal(name: string, { ask, deadline }: Gate): Wait {
  return waitFor({
    for: `${name} refuses to serve without a majority`,
    until: sh`${asking(ask)}
answer=$(ask srvr)
case $answer in *"not currently serving requests"*) exit 0 ;; esac
echo "\${answer:-nobody answers on port ${ask.port}}"
exit 1`,
    deadline,
    interval: 1,
    sets: [serverState(ask).with({ mode: 'none', says: REFUSAL, synced: null }, `${name} notices that the majority is gone`)],
    touches: [ENSEMBLE],
    on: name,
  });
}
