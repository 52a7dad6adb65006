// Module: looks, before anything is changed, whether the ensemble may take the wanted version. It changes nothing.
import { defineClusterModule, fileText, isAbsent, listed, unitState, unmet } from '../../../src/index.ts';
import type { Absent } from '../../../src/index.ts';
import { ASK } from '../facts/ask.ts';
import { installed } from '../facts/installed.ts';
import { kept } from '../facts/kept.ts';
import { serverState } from '../facts/server-state.ts';
import type { ServerState } from '../facts/server-state.ts';
import { MEMBERS } from './members.ts';
import type { Member } from './members.ts';
import { problemsOf } from './quorum-problems.ts';
import type { QuorumProblem, Seen } from './quorum-problems.ts';
import { comingOf, neverWroteSnapshots, olderOf, refusals, snapshotProblems, versionOf } from './upgrade-problems.ts';
import type { Candidate, Wanted } from './upgrade-problems.ts';

interface UpgradeHave extends Omit<Candidate, 'name'> {
  readonly unit: { readonly active: string } | undefined;
  readonly server: ServerState | undefined;
  readonly myid: string | undefined;
}

export const zookeeperUpgrade = defineClusterModule({
  name: 'zookeeper.upgrade',
  summary: 'Look whether an ensemble may take a version: no way back, another line by the upgrade only, no server without a snapshot',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      unit: { type: 'string', default: 'zookeeper.service', description: 'the systemd unit of the server' },
      version: { type: 'string', description: 'the version the inventory wants' },
      ask: ASK,
      data_log_dir: { type: 'string', kind: 'path', description: 'dataLogDir of zoo.cfg' },
      upgrade: { type: 'boolean', default: false, description: 'whether the ensemble may go to a newer line, such as from 3.4 to 3.9' },
      trust_empty: { type: 'boolean', default: false, description: 'whether snapshot.trust.empty is set' },
    },
    required: ['members', 'version', 'ask', 'data_log_dir'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Ask before an upgrade',
      yaml: `- name: the ensemble may take 3.9.3
  zookeeper.upgrade:
    version: 3.9.3
    upgrade: true
    members: [{ name: server1, id: 1, address: 192.168.11.128 }]
    ask: { port: 12181, home: /opt/zookeeper/apache-zookeeper-3.9.3-bin, java_home: /usr/local/java, data_dir: /opt/zookeeper/zkdata }
    data_log_dir: /opt/zookeeper/zkdatalog
`,
    },
  ],
  members: p => p.members.map(member => member.name),
  facts: p => ({
    installed: installed({ unit: p.unit }),
    kept: kept({ data_dir: p.ask.data_dir, data_log_dir: p.data_log_dir }),
    // Only an upgrade has to know whether the ensemble is whole: a normal run finds out when a restart is due.
    unit: p.upgrade ? unitState({ unit: p.unit }) : undefined,
    server: p.upgrade ? serverState(p.ask) : undefined,
    myid: p.upgrade ? fileText({ path: `${p.ask.data_dir}/myid` }) : undefined,
  }),
  changes: (p, have) => {
    const wanted: Wanted = {
      version: p.version,
      home: p.ask.home,
      unit: p.unit,
      dataDir: p.ask.data_dir,
      dataLogDir: p.data_log_dir,
      size: p.members.length,
      isUpgrade: p.upgrade,
      trustsEmpty: p.trust_empty,
    };
    const candidates = candidatesOf(have);
    const refused = refusals(candidates, wanted);
    const problems =
      refused.length > 0 || olderOf(candidates, wanted).length === 0 ? refused : obstacles(p.members, have, wanted, p.ask.port);
    return problems.length === 0 ? [] : [unmet(problems.map(({ words }) => words).join('; '), problems[0]?.on)];
  },
  says: (p, have) => inWords(candidatesOf(have), p),
});

function candidatesOf(have: ReadonlyMap<string, UpgradeHave | Absent>): readonly Candidate[] {
  return [...have].flatMap(([name, answer]) => (isAbsent(answer) ? [] : [{ name, installed: answer.installed, kept: answer.kept }]));
}

/** What stands in the way of an upgrade that may be begun, or gone on with. */
function obstacles(
  members: readonly Member[],
  have: ReadonlyMap<string, UpgradeHave | Absent>,
  wanted: Wanted,
  port: number,
): readonly QuorumProblem[] {
  const away = members.filter(({ name }) => isAway(have.get(name))).map(({ name }) => name);
  if (away.length > 0)
    return [
      { words: `${listed(away)} cannot be reached: an upgrade takes all servers, bring ${away.length > 1 ? 'them' : 'it'} back first` },
    ];
  const candidates = candidatesOf(have);
  const bare = snapshotProblems(candidates, wanted);
  // Once a server has gone over the roll decides who is waited for: what is broken now may be what its end mends.
  const isBegun = comingOf(candidates, wanted).length < candidates.length;
  if (bare.length > 0 || isBegun) return bare;
  const [first, ...others] = problemsOf(seen(members, have), { unit: wanted.unit, port, size: members.length, version: undefined });
  if (first === undefined) return [];
  const words = [first, ...others].map(problem => problem.words).join('; ');
  return [{ ...first, words: `${words}; an upgrade begins with a quorum of all servers, mend that first` }];
}

function isAway(answer: UpgradeHave | Absent | undefined): boolean {
  return answer === undefined || isAbsent(answer);
}

function seen(members: readonly Member[], have: ReadonlyMap<string, UpgradeHave | Absent>): readonly Seen[] {
  return members.flatMap(member => {
    const answer = have.get(member.name);
    if (answer === undefined || isAbsent(answer) || answer.unit === undefined || answer.server === undefined) return [];
    return [{ ...member, unit: answer.unit, server: answer.server, myid: answer.myid?.trim() ?? '' }];
  });
}

/** `3 servers on 3.4.14, 3.9.3 wanted, snapshots present`. */
function inWords(candidates: readonly Candidate[], p: { readonly version: string; readonly trust_empty: boolean }): string | undefined {
  const versions = [...new Set(candidates.map(versionOf))];
  const groups = versions.map(version => {
    const count = candidates.filter(one => versionOf(one) === version).length;
    return `${count} ${count > 1 ? 'servers' : 'server'} ${version === '' ? 'without a version' : `on ${version}`}`;
  });
  const parts = [
    ...groups,
    ...(versions.every(version => version === p.version) ? [] : [`${p.version} wanted`]),
    ...(olderOf(candidates, p).length === 0 ? [] : [snapshotsInWords(comingOf(candidates, p))]),
    ...(p.trust_empty ? ['snapshot.trust.empty is set: take it out of zookeeper_config when all servers are through'] : []),
  ];
  return candidates.length === 0 ? undefined : parts.join(', ');
}

function snapshotsInWords(candidates: readonly Candidate[]): string {
  if (candidates.every(({ kept: { first, whole } }) => first === '' && whole === 0)) return 'nothing written yet';
  if (candidates.every(({ kept: { first, whole } }) => first === '' || whole > 0)) return 'snapshots present';
  return neverWroteSnapshots(candidates) ? 'no snapshots yet, logs from the first transaction on' : 'snapshots missing';
}
