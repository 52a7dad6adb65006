// Module: keeps a ZooKeeper ensemble running with its present files. First start together; later one by one, followers first, leader last.
import { defineClusterModule, fileDigest, fileNode, unitState, unmet } from '../../../src/index.ts';
import type { Step } from '../../../src/index.ts';
import { ASK } from '../facts/ask.ts';
import { serverState } from '../facts/server-state.ts';
import { startedWith } from '../facts/started-with.ts';
import { differenceOfStarts } from './difference.ts';
import { heirOf, restart, startTogether, waitForAll } from './ensemble-steps.ts';
import type { Roll } from './ensemble-steps.ts';
import { viewEnsemble } from './ensemble-view.ts';
import type { EnsembleView, Present } from './ensemble-view.ts';
import { isInQuorum } from './in-quorum.ts';
import { listed, MEMBERS } from './members.ts';

export const zookeeperEnsemble = defineClusterModule({
  name: 'zookeeper.ensemble',
  summary: 'Keep every server of an ensemble running with its present files, restarting one at a time, the leader last',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      unit: { type: 'string', default: 'zookeeper.service', description: 'the systemd unit of the server' },
      record: {
        type: 'string',
        kind: 'path',
        description: 'where a start of the unit records the hashes of `files` and the target of the Java link',
      },
      files: { type: 'array', items: { type: 'string', kind: 'path' }, description: 'files a server reads when it starts' },
      ask: ASK,
      deadline: { type: 'integer', minimum: 1, default: 60, description: 'seconds a server may take to join the quorum' },
    },
    required: ['members', 'record', 'files', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Roll an ensemble after a change of zoo.cfg',
      yaml: `- name: the ensemble runs
  zookeeper.ensemble:
    members: [{ name: server1, id: 1, address: 192.168.11.128 }]
    record: /run/zookeeper.service.started-with
    files: [/opt/zookeeper/zookeeper-3.4.14/conf/zoo.cfg]
    ask: { port: 12181, home: /opt/zookeeper/zookeeper-3.4.14, java_home: /usr/local/java, data_dir: /opt/zookeeper/zkdata }
`,
    },
  ],
  // One restart each, a second look where an election comes between, those that do not run or serve, and the last look, which finds nothing.
  rounds: p => 2 * p.members.length + 4,
  members: p => p.members.map(member => member.name),
  facts: p => ({
    unit: unitState({ unit: p.unit }),
    started: startedWith({ record: p.record }),
    digests: p.files.map(path => fileDigest({ path })),
    java: fileNode({ path: p.ask.java_home }),
    server: serverState(p.ask),
  }),
  changes: (p, have) => {
    const view = viewEnsemble(p.members, have, p.files, p.ask.java_home);
    const roll = {
      ask: p.ask,
      unit: p.unit,
      record: p.record,
      deadline: p.deadline,
      size: p.members.length,
      followers: view.present.length - 1,
    };
    return nextSteps(view, roll);
  },
});

function nextSteps({ present, away }: EnsembleView, roll: Roll): readonly Step[] {
  const stopped = present.filter(member => member.unit.active !== 'active');
  if (stopped.length > 0) return startTogether(stopped, present, roll);

  const stale = present.filter(isStale);
  const outside = present.filter(member => !isInQuorum(member.server, roll));
  // Members that serve nobody take nothing from the quorum, and their present files may be what mends it: all of them at once.
  const broken = stale.filter(member => member.server.mode === 'none');
  if (broken.length > 0) return restart(broken, present, roll);
  if (outside.length > 0) return waitForAll(outside, roll, heirOf(present));

  const [next] = [...stale].sort((a, b) => Number(leads(a)) - Number(leads(b)) || a.id - b.id);
  if (next === undefined) return [];
  if (away.length > 0) return [unmet(refusal(next.name, away), next.name)];
  return restart([next], present, roll);
}

function isStale({ started, now }: Present): boolean {
  const { from, to } = differenceOfStarts(started, now);
  return from !== to;
}

function leads({ server }: Present): boolean {
  return server.mode === 'leader';
}

function refusal(next: string, away: readonly string[]): string {
  return `${next} needs a restart, but ${listed(away)} cannot be reached, and a restart might cost the quorum; bring ${away.length > 1 ? 'them' : 'it'} back first`;
}
