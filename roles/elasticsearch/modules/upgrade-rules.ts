// From which Elasticsearch to which: what is refused, in words that name the step to take first.
import { compareVersions, isAtLeast, lineOf } from '../../../src/index.ts';
import type { Kept } from '../facts/kept.ts';
import type { NodeState } from '../facts/types.ts';
import type { Problem } from './bootstrap-problems.ts';
import type { Member } from './members.ts';

/** One node as it is before anything is done to it. */
export interface Standing {
  readonly member: Member;
  readonly node: NodeState;
  readonly kept: Kept;
  /** Text of its unit; empty where there is none. */
  readonly unit: string;
}

/** What is described. */
export interface WantedVersion {
  readonly version: string;
  /** Where it is to be unpacked. */
  readonly home: string;
}

/** The last line of each major: from no other one does Elasticsearch go to the next. */
const LAST: Readonly<Record<number, string>> = { 6: '6.8', 7: '7.17', 8: '8.19' };

/** Why the nodes cannot go there: the newest of them says whether it is a way back, the oldest how far it is. */
export function versionProblem(nodes: readonly Standing[], wanted: WantedVersion): Problem | undefined {
  const known = nodes.filter(one => versionOf(one) !== '').toSorted((a, b) => compareVersions(versionOf(a), versionOf(b)));
  const [oldest] = known;
  const newest = known.find(one => versionOf(one) === versionOf(known.at(-1) ?? one));
  if (oldest === undefined || newest === undefined) return undefined;
  if (!isAtLeast(wanted.version, versionOf(newest)))
    return refuse(
      newest,
      wanted,
      `Elasticsearch does not go back, an older version does not read what a newer one has written; set elasticsearch_version to ${versionOf(newest)} or later`,
    );
  const step = firstStep(versionOf(oldest), wanted.version);
  if (step !== undefined)
    return refuse(
      oldest,
      wanted,
      `Elasticsearch goes to a new major from the last line of the one before only; go to ${step} first, and on from there`,
    );
  const shared = nodes.find(({ unit }) => setUp(unit).home === wanted.home && !['', wanted.version].includes(setUp(unit).version));
  return (
    shared && {
      words: `${shared.member.node} has ${setUp(shared.unit).version} in ${wanted.home}, where ${wanted.version} is to be unpacked: two versions cannot share a folder; put the version into elasticsearch_home, or leave that out`,
      on: shared.member.name,
    }
  );
}

/**
 * What has last written the node's data; empty where nothing has. What runs and what stands in the data agree, except where one of the two
 * cannot be had: of a node that is stopped, in data of before 7.6. Where neither can, the unit says what was started.
 */
export function versionOf({ node, kept, unit }: Standing): string {
  const [newest = ''] = [node.version, kept.version].filter(version => version !== '').toSorted((a, b) => compareVersions(b, a));
  return newest === '' && kept.started ? setUp(unit).version : newest;
}

function refuse(one: Standing, { version }: WantedVersion, words: string): Problem {
  const { member, node } = one;
  const says = node.version === versionOf(one) ? 'runs' : 'has last run';
  return { words: `${member.node} ${says} ${versionOf(one)}, the inventory wants ${version}: ${words}`, on: member.name };
}

/** The line that lies between; undefined where nothing does. */
function firstStep(from: string, to: string): string | undefined {
  const [own, wanted] = [majorOf(from), majorOf(to)];
  if (own === wanted) return undefined;
  // 9.0 came before 8.19 did.
  const last = lineOf(to) === '9.0' && own === 8 ? '8.18' : LAST[own];
  if (last !== undefined && !isAtLeast(from, last)) return last;
  return wanted > own + 1 ? (LAST[own + 1] ?? `${own + 1}.x`) : undefined;
}

function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}

/** What a unit of this role starts; empty where there is none. */
function setUp(unit: string): { readonly version: string; readonly home: string } {
  return {
    version: /^Description=Elasticsearch (\d+\.\d+\.\d+)$/m.exec(unit)?.[1] ?? '',
    home: /^WorkingDirectory=(.*)$/m.exec(unit)?.[1] ?? '',
  };
}
