// Module: proves that an ensemble keeps data, through ZooKeeper's own client on one of the servers that run.
import { defineClusterModule, isAbsent, listed, run, trial, unitState, unmet } from '../../../src/index.ts';
import { ASK } from '../facts/ask.ts';
import { MEMBERS } from './members.ts';
import { znodeScript } from './znode-script.ts';
import type { ClientServer, ZnodeWork } from './znode-script.ts';

type Act = 'round_trip' | 'leave' | 'find' | 'remove';

/** Where `leave` puts its mark. */
const MARK = '/tsplay-chaos';

export const zookeeperData = defineClusterModule({
  name: 'zookeeper.data',
  summary: 'Prove that what is written on one server is read on all others',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      act: {
        type: 'string',
        enum: ['round_trip', 'leave', 'find', 'remove'],
        default: 'round_trip',
        description: 'write, read everywhere and delete; or leave a mark, find it again later, remove it',
      },
      unit: { type: 'string', default: 'zookeeper.service', description: 'the systemd unit of the server' },
      ask: ASK,
    },
    required: ['members', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Write on one server, read on all others',
      yaml: `- name: a write on one server is read on all
  zookeeper.data:
    members: [{ name: server1, id: 1, address: 192.168.11.128 }]
    ask: { port: 12181, home: /opt/zookeeper/zookeeper-3.4.14, java_home: /usr/local/java, data_dir: /opt/zookeeper/zkdata }
`,
    },
  ],
  rounds: () => 0,
  members: p => p.members.map(member => member.name),
  facts: p => ({ unit: unitState({ unit: p.unit }) }),
  changes: (p, have) => {
    const running = p.members.filter(({ name }) => {
      const answer = have.get(name);
      return answer !== undefined && !isAbsent(answer) && answer.unit.active === 'active';
    });
    const servers = running.map(({ name, address }) => ({ name, at: `${address}:${p.ask.port}` }));
    const [first] = servers;
    if (first === undefined) return [unmet(`no server of ${listed(p.members.map(({ name }) => name))} runs`)];
    const { proves, ...work } = workOf(p.act, first, servers);
    const script = znodeScript({ home: p.ask.home, java_home: p.ask.java_home, ...work });
    const timeout = 70 * (servers.length + 3);
    return [trial({ proves, action: run(script, { accept: 'any', timeout }), judge: judgeScript, on: first.name })];
  },
});

function workOf(
  act: Act,
  first: ClientServer,
  servers: readonly ClientServer[],
): Omit<ZnodeWork, 'home' | 'java_home'> & { readonly proves: string } {
  const names = (some: readonly ClientServer[]): string => listed(some.map(({ name }) => name));
  const others = servers.filter(server => server !== first);
  switch (act) {
    case 'round_trip':
      return others.length > 0
        ? { write: first, read: others, remove: others.at(-1), proves: `written on ${first.name}, read on ${names(others)}, deleted again` }
        : { write: first, read: servers, remove: first, proves: `written, read and deleted on ${first.name}` };
    case 'leave':
      return { path: MARK, write: first, read: [], proves: `a mark was left on ${first.name}` };
    case 'find':
      return { path: MARK, read: servers, proves: `the mark is still there on ${names(servers)}` };
    case 'remove':
      return { path: MARK, read: [], remove: first, proves: `the mark was removed on ${first.name}` };
  }
}

function judgeScript({
  stdout,
  stderr,
  status,
}: {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}): string | undefined {
  if (status === 0) return undefined;
  const problem = /^problem: (.*)$/m.exec(stdout)?.[1];
  const reason = /KeeperErrorCode = .*|^Node .*|^Insufficient .*/m.exec(stderr)?.[0] ?? stderr.trim().split('\n').at(-1) ?? '';
  return [problem ?? `the client ended with status ${status}`, reason].filter(part => part !== '').join(': ');
}
