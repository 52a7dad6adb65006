// Fact: what installing a package would bring now, by the package manager's own simulation. Nothing is written.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** A package with a version. */
export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/** A package that comes along. */
export interface PackageAlong extends PackageVersion {
  /** The version that gives way; absent for one that comes new. */
  readonly from?: string;
}

/** What an installation would bring. */
export interface PackageCandidate {
  /** The version on offer; empty when the index does not know the package, or when it is installed already. */
  readonly version: string;
  /** Everything else that would come with it or be upgraded for it, in the order of installation. */
  readonly brings: readonly PackageAlong[];
}

const NOTHING: PackageCandidate = { version: '', brings: [] };

/**
 * A package by name, wanted in `version` when given. Costs a second where it is not installed and nothing to speak of where it is.
 * Only apt is asked; elsewhere nothing is foretold.
 */
export const packageCandidate = defineFact({
  name: 'package.candidate',
  summary: 'the version of a package that would be installed now, and what would come with it',
  // The caches and the planner's log are switched off because they would be written.
  probe: ({ name, version }: { readonly name: string; readonly version?: string | undefined }) => sh`
command -v apt-get >/dev/null || exit 0
has=$(dpkg-query -W -f '\${db:Status-Status} \${Version}' -- ${name} 2>/dev/null)
case $has in ${version === undefined ? sh`'installed '*` : sh`${`installed ${version}`}`}) exit 0 ;; esac
LC_ALL=C apt-get -s -y -o Debug::NoLocking=1 -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Dir::Log::Planner=/dev/null --no-install-recommends --allow-downgrades install -- ${version === undefined ? name : `${name}=${version}`} 2>/dev/null || :`,
  reads: ({ name }) => [resource.package(name)],
  parse: ({ stdout }, { name }): PackageCandidate => {
    // What is unpacked and not configured is only configured; what is installed is configured too, and counts once.
    const found = new Map<string, PackageAlong>();
    for (const [, other = '', from, version = ''] of stdout.matchAll(/^(?:Inst|Conf) (\S+) (?:\[([^\]]*)\] )?\((\S+) /gm))
      found.set(other, { ...found.get(other), name: other, version, ...(from !== undefined && { from }) });
    const all = [...found.values()];
    const own = all.find(item => item.name === name || item.name === name.replace(/:.*$/, ''));
    return own === undefined ? NOTHING : { version: own.version, brings: all.filter(item => item !== own) };
  },
  absent: NOTHING,
  cost: 'cheap',
});
