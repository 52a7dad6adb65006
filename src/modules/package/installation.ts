// One package to install: what comes with it, and what all that promises.
import { packageCandidate } from '../../facts/package/candidate.ts';
import type { PackageCandidate } from '../../facts/package/candidate.ts';
import { packageInstalled } from '../../facts/package/installed.ts';
import type { FactSet } from '../../facts/contract.ts';
import { resource } from '../../facts/resource.ts';
import type { Resource } from '../../facts/resource.ts';
import { unknown } from '../../util/unknown.ts';
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
  /** What the author says it brings. */
  readonly provides?: Brings | undefined;
}

/** A package that neither the table nor the author speaks of may bring anything, so it disturbs everything. */
export function foretell({ name, version, architecture, candidate, provides }: Installing): Installation {
  const own = bringsOf(name, architecture);
  const along = new Map(candidate.brings.map(item => [item.name, item.version]));
  const brought = companions(name, architecture, [...along.keys()]);
  const offered = version ?? candidate.version;
  const why = candidate.version === '' ? `the package index, once it is refreshed, knows "${name}"` : undefined;
  const sets = [
    ...installed(name, version, offered, why),
    ...brought.flatMap(other =>
      installed(other, undefined, along.get(other) ?? '', along.has(other) ? undefined : `package "${name}" brings package ${other}`),
    ),
    ...[name, ...brought].flatMap(each => promisesOf(each, bringsOf(each, architecture) ?? {})),
    ...(provides === undefined ? [] : promisesOf(name, provides)),
  ];
  const known = own !== undefined || provides !== undefined;
  return { sets: distinct(sets), touches: [...[name, ...brought].map(resource.package), ...(known ? [] : [resource.anything])] };
}

function installed(name: string, asked: string | undefined, offered: string, why: string | undefined): readonly FactSet[] {
  const version = offered === '' ? (unknown(`the version of package "${name}" that the refreshed index offers`) as never) : offered;
  return [
    packageInstalled({ name }).becomes({ installed: true, version }, why),
    packageCandidate(asked === undefined ? { name } : { name, version: asked }).becomes({ version: '', brings: [] }, why),
  ];
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

/** The last promise about a fact is the one that counts: the author's word goes over the table's. */
function distinct(sets: readonly FactSet[]): readonly FactSet[] {
  return [...new Map(sets.map(set => [set.ref.key, set])).values()];
}
