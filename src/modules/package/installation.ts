// One package to install: what comes with it, and what all that promises.
import { packageCandidate } from '../../facts/package/candidate.ts';
import type { PackageArchive } from '../../facts/package/archive.ts';
import type { PackageCandidate } from '../../facts/package/candidate.ts';
import { packageContents } from '../../facts/package/contents.ts';
import type { PackageContents } from '../../facts/package/contents.ts';
import { packageInstalled } from '../../facts/package/installed.ts';
import type { FactSet } from '../../facts/contract.ts';
import { resource } from '../../facts/resource.ts';
import type { Resource } from '../../facts/resource.ts';
import { unknown } from '../../util/unknown.ts';
import { archivePromises } from './archive-promises.ts';
import { bringsOf } from './brings.ts';
import type { Brings } from './brings.ts';
import { promisesOf } from './promises.ts';

/** What installing one package does to the facts. */
export interface Installation {
  readonly sets: readonly FactSet[];
  readonly touches: readonly Resource[];
}

/** What is known of a package before it is installed. */
export interface Installing {
  readonly name: string;
  readonly version?: string | undefined;
  readonly architecture: string;
  readonly candidate: PackageCandidate;
  /** What the archives on the host say; asked for only where the table says nothing. */
  readonly contents?: PackageContents | undefined;
  /** The sources were changed after the index was fetched: what it offers may be another version by then. */
  readonly stale: boolean;
  /** Units that somebody has switched off, when the package was there before. */
  readonly off?: readonly string[] | undefined;
  /** What the author says it brings. */
  readonly provides?: Brings | undefined;
}

/** A package that neither the table nor the author speaks of, and whose archive is not at hand, may bring anything, so it disturbs everything. */
export function foretell({ name, version, architecture, candidate, contents, stale, off, provides }: Installing): Installation {
  const own = bringsOf(name, architecture);
  const along = new Map(candidate.brings.map(item => [item.name, item.version]));
  const brought = companions(name, architecture, [...along.keys()]);
  // What a changed source offers shows with the next index: that the package is there is known, its version is not.
  const offered = version ?? (stale ? '' : candidate.version);
  const why = candidate.version === '' ? `the package index, once it is refreshed, knows "${name}"` : undefined;
  const archives = archivesOf(name, candidate, contents);
  const promised = archives.map(archive => archivePromises(archive, off));
  const sets = [
    ...installed(name, version, offered, why),
    ...brought.flatMap(other =>
      installed(other, undefined, along.get(other) ?? '', along.has(other) ? undefined : `package "${name}" brings package ${other}`),
    ),
    ...promised.flatMap(item => item.sets),
    ...[name, ...brought].flatMap(each => promisesOf(each, bringsOf(each, architecture) ?? {}, off)),
    ...(provides === undefined ? [] : promisesOf(name, provides, off)),
  ];
  const known = own !== undefined || provides !== undefined || isShown(name, architecture, candidate, archives);
  const touches = [
    ...[name, ...brought].map(resource.package),
    ...promised.flatMap(item => item.touches),
    ...(known ? [] : [resource.anything]),
  ];
  return { sets: distinct(sets), touches };
}

function installed(name: string, asked: string | undefined, offered: string, why: string | undefined): readonly FactSet[] {
  const version = offered === '' ? (unknown(`the version of package "${name}" that the refreshed index offers`) as never) : offered;
  return [
    packageInstalled({ name }).becomes({ installed: true, version }, why),
    packageCandidate(asked === undefined ? { name } : { name, version: asked }).becomes({ version: '', brings: [] }, why),
    // Nobody looks into the archive of a package of the table.
    ...(bringsOf(name, '') === undefined
      ? [packageContents(asked === undefined ? { name } : { name, version: asked }).becomes({ packages: [] }, why)]
      : []),
  ];
}

/** The archives of just those packages and versions that would come, and come new. */
function archivesOf(name: string, candidate: PackageCandidate, contents: PackageContents | undefined): readonly PackageArchive[] {
  const coming = new Map([
    [name.replace(/:.*$/, ''), candidate.version],
    ...candidate.brings.map(item => [item.name, item.from === undefined ? item.version : ''] as const),
  ]);
  return (contents?.packages ?? []).filter(item => coming.get(item.name) === item.version);
}

/** Whether its archive is at hand, and that of everything that comes new with it and is in no table. */
function isShown(name: string, architecture: string, candidate: PackageCandidate, archives: readonly PackageArchive[]): boolean {
  const isThere = (wanted: string): boolean => archives.some(item => item.name === wanted);
  return (
    isThere(name.replace(/:.*$/, '')) &&
    candidate.brings.every(item => item.from !== undefined || isThere(item.name) || bringsOf(item.name, architecture) !== undefined)
  );
}

/** Everything that comes along: what the simulation says, and what the table says of all of that. */
function companions(name: string, architecture: string, simulated: readonly string[]): readonly string[] {
  const found = new Set<string>([name]);
  const queue = [name, ...simulated];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    found.add(next);
    queue.push(...(bringsOf(next, architecture)?.packages ?? []).filter(other => !found.has(other)));
  }
  found.delete(name);
  return [...found];
}

/** The last promise about a fact is the one that counts: the author's word goes over the table's, and the table's over the archive's. */
function distinct(sets: readonly FactSet[]): readonly FactSet[] {
  return [...new Map(sets.map(set => [set.ref.key, set])).values()];
}
