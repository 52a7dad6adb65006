// Module: proves that an ensemble has one leader and that every other server follows it. It changes nothing.
import { defineClusterModule, fileText, isAbsent, listed, unitState, unmet } from '../../../src/index.ts';
import type { Absent } from '../../../src/index.ts';
import { ASK } from '../facts/ask.ts';
import { serverState } from '../facts/server-state.ts';
import type { ServerState } from '../facts/server-state.ts';
import { MEMBERS } from './members.ts';
import type { Member } from './members.ts';
import { problemsOf } from './quorum-problems.ts';
import type { QuorumProblem, Seen } from './quorum-problems.ts';

interface QuorumHave {
  readonly unit: { readonly active: string };
  readonly server: ServerState;
  readonly myid: string;
}

export const zookeeperQuorum = defineClusterModule({
  name: 'zookeeper.quorum',
  summary: 'Prove that one server of an ensemble leads and all others follow it in sync',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      unit: { type: 'string', default: 'zookeeper.service', description: 'the systemd unit of the server' },
      version: { type: 'string', description: 'the version every server must run' },
      ask: ASK,
    },
    required: ['members', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'One leader, the others follow',
      yaml: `- name: the ensemble has a quorum
  zookeeper.quorum:
    members: [{ name: server1, id: 1, address: 192.168.11.128 }]
    ask: { port: 12181, home: /opt/zookeeper/zookeeper-3.4.14, java_home: /usr/local/java, data_dir: /opt/zookeeper/zkdata }
`,
    },
  ],
  members: p => p.members.map(member => member.name),
  facts: p => ({
    unit: unitState({ unit: p.unit }),
    server: serverState(p.ask),
    myid: fileText({ path: `${p.ask.data_dir}/myid` }),
  }),
  changes: (p, have) => {
    const expected = { unit: p.unit, port: p.ask.port, size: p.members.length, version: p.version };
    const problems = [...unreachable(p.members, have), ...problemsOf(seen(p.members, have), expected)];
    return problems.length === 0 ? [] : [unmet(problems.map(({ words }) => words).join('; '), problems[0]?.on)];
  },
  says: (p, have) => inWords(seen(p.members, have)),
});

function unreachable(members: readonly Member[], have: ReadonlyMap<string, QuorumHave | Absent>): readonly QuorumProblem[] {
  return members.flatMap(({ name }) => {
    const answer = have.get(name);
    if (answer !== undefined && !isAbsent(answer)) return [];
    return [{ words: `${name} cannot be asked: ${answer?.unreachable ?? 'it is not in the play'}`, on: name }];
  });
}

function seen(members: readonly Member[], have: ReadonlyMap<string, QuorumHave | Absent>): readonly Seen[] {
  return members.flatMap(member => {
    const answer = have.get(member.name);
    return answer === undefined || isAbsent(answer) ? [] : [{ ...member, ...answer, myid: answer.myid.trim() }];
  });
}

/** `server3 leads, server1 and server2 follow, epoch 1, version 3.4.14`. */
function inWords(servers: readonly Seen[]): string | undefined {
  const named = (mode: ServerState['mode']): readonly string[] =>
    servers.filter(({ server }) => server.mode === mode).map(({ name }) => name);
  const [leaders, followers, alone] = [named('leader'), named('follower'), named('standalone')];
  const [first] = servers;
  if (first === undefined) return undefined;
  const parts = [
    ...(leaders.length > 0 ? [`${listed(leaders)} leads`] : []),
    ...(followers.length > 0 ? [`${listed(followers)} ${followers.length > 1 ? 'follow' : 'follows'}`] : []),
    ...(alone.length > 0 ? [`${listed(alone)} stands alone`] : []),
    ...(first.server.epoch === null ? [] : [`epoch ${first.server.epoch}`]),
    `version ${first.server.version}`,
  ];
  return parts.join(', ');
}
