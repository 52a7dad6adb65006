// Why an ensemble cannot take a version, in words that name the servers and the way out. The first kind of reason that applies is given.
import { compareVersions, isAtLeast, lineOf, listed } from '../../../src/index.ts';
import type { Installed } from '../facts/installed.ts';
import type { Kept } from '../facts/kept.ts';
import type { QuorumProblem } from './quorum-problems.ts';

/** One server that could be asked. */
export interface Candidate {
  readonly name: string;
  readonly installed: Installed;
  readonly kept: Kept;
}

/** What the inventory wants, and whether it may take the ensemble to another line. */
export interface Wanted {
  readonly version: string;
  readonly home: string;
  readonly unit: string;
  readonly dataDir: string;
  readonly dataLogDir: string;
  /** Servers in the ensemble. */
  readonly size: number;
  /** Whether this is the upgrade's playbook. */
  readonly isUpgrade: boolean;
  /** Whether a server may begin with transaction logs alone, where they hold everything. */
  readonly trustsEmpty: boolean;
}

/** The first release whose servers can be asked to vote together with later lines. */
const MIXES_FROM = '3.4.6';

/** The version a server runs, or would when it is started; empty when there is none. */
export function versionOf({ installed }: Candidate): string {
  return installed.running || (installed.versions.at(-1) ?? '');
}

/** Those that are of an older line than the wanted one. */
export function olderOf(candidates: readonly Candidate[], { version }: Pick<Wanted, 'version'>): readonly Candidate[] {
  return candidates.filter(one => isOtherLine(one, version) && compareVersions(versionOf(one), version) < 0);
}

/** Why the wanted version cannot be had at all, or not by this playbook. */
export function refusals(candidates: readonly Candidate[], wanted: Wanted): readonly QuorumProblem[] {
  const { version, home } = wanted;
  const newer = candidates.filter(one => isOtherLine(one, version) && compareVersions(versionOf(one), version) > 0);
  if (newer.length > 0)
    return told(newer, versionOf, some => `${run(some)} and the inventory wants ${version}: ${noWayBack(some, version)}`);
  const older = olderOf(candidates, wanted);
  const tooOld = older.filter(one => compareVersions(versionOf(one), MIXES_FROM) < 0);
  if (tooOld.length > 0)
    return told(tooOld, versionOf, some => `${run(some)}, which does not vote together with ${version}: go to 3.4.14 first`);
  const covered = candidates.filter(({ installed }) => installed.home === home && installed.versions.some(found => found !== version));
  const jars = ({ installed }: Candidate): string => listed(installed.versions);
  if (covered.length > 0) return told(covered, jars, some => `${have(some, jars)} in ${home}: ${ownFolder(version)}`);
  if (wanted.isUpgrade) return [];
  return told(older, versionOf, some => `${run(some)} and the inventory wants ${version}: run playbooks/zookeeper-upgrade.yml`);
}

/** Those that do not run the wanted line, and have still to begin with what they keep. */
export function comingOf(candidates: readonly Candidate[], { version }: Pick<Wanted, 'version'>): readonly Candidate[] {
  return candidates.filter(({ installed }) => lineOf(installed.running) !== lineOf(version));
}

/** Servers that would find nothing to begin with: since 3.5 none starts from transaction logs alone. */
export function snapshotProblems(candidates: readonly Candidate[], wanted: Wanted): readonly QuorumProblem[] {
  if (!isAtLeast(wanted.version, '3.5')) return [];
  const coming = comingOf(candidates, wanted);
  const bare = coming.filter(({ kept: { first, whole } }) => first !== '' && whole === 0);
  const never = neverWroteSnapshots(coming);
  const refused = wanted.trustsEmpty && never ? [] : bare;
  const words = (one: Candidate): string =>
    `transaction logs, but no ${one.kept.snapshots > 0 ? 'whole ' : ''}snapshot in ${wanted.dataDir}/version-2, and ${wanted.version} would not start there: ${bringSnapshot(wanted, never)}`;
  return told(refused, words, some => have(some, words));
}

/**
 * Whether the ensemble is too young for a snapshot: 3.4 writes none before `snapCount` transactions, nor when it is started or stopped. All
 * logs begin with the first transaction of the first epoch then. Where one server has a snapshot, another that has none may have lost it.
 */
export function neverWroteSnapshots(candidates: readonly Candidate[]): boolean {
  return candidates.every(({ kept: { first, snapshots } }) => snapshots === 0 && ['', '1', '100000001'].includes(first));
}

function noWayBack([first]: readonly Candidate[], version: string): string {
  const newest = first === undefined ? '' : versionOf(first);
  return `there is no way back, ${version} cannot be trusted with what ${newest} has written; set zookeeper_version to ${newest} or later`;
}

function ownFolder(version: string): string {
  return `${version} would be unpacked over it, and the jars of both would be loaded; set zookeeper_home to a folder of its own`;
}

// A restart under 3.4 writes no snapshot; a server that was given everything by the leader writes one at once.
function bringSnapshot({ unit, dataDir, dataLogDir, size }: Wanted, never: boolean): string {
  if (never)
    return 'the logs begin with the first transaction, so set snapshot.trust.empty: true in zookeeper_config for the upgrade, and take it out afterwards';
  if (size === 1) return 'its logs begin too late to stand alone, bring a snapshot back from a copy';
  const folders = [...new Set([dataDir, dataLogDir])].map(folder => `${folder}/version-2`);
  return `let it fetch everything from the leader, one server at a time while all others serve: systemctl stop ${unit}, move ${listed(folders)} aside, systemctl start ${unit}`;
}

/** One problem for all that share what `of` says of them, told on the first of them. */
function told(
  candidates: readonly Candidate[],
  of: (one: Candidate) => string,
  words: (some: readonly Candidate[]) => string,
): readonly QuorumProblem[] {
  return [...new Set(candidates.map(of))].flatMap(key => {
    const some = candidates.filter(one => of(one) === key);
    return some.slice(0, 1).map(({ name }) => ({ words: words(some), on: name }));
  });
}

function run(some: readonly Candidate[]): string {
  const version = some.map(versionOf)[0] ?? '';
  const verb = some.every(one => one.installed.running === '') ? ['is set up to run', 'are set up to run'] : ['runs', 'run'];
  return `${listed(some.map(({ name }) => name))} ${verb[some.length > 1 ? 1 : 0] ?? ''} ${version}`;
}

function have(some: readonly Candidate[], of: (one: Candidate) => string): string {
  return `${listed(some.map(({ name }) => name))} ${some.length > 1 ? 'have' : 'has'} ${some.map(of)[0] ?? ''}`;
}

function isOtherLine(one: Candidate, wanted: string): boolean {
  return versionOf(one) !== '' && lineOf(versionOf(one)) !== lineOf(wanted);
}
