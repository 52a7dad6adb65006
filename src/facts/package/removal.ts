// Fact: which packages would go along with one that is removed, by the package manager's own simulation.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** What a removal would take away. */
export interface PackageRemoval {
  /** Other packages that depend on it. */
  readonly takes: readonly string[];
}

/** A package by name. Only apt is asked; elsewhere nothing is foretold. */
export const packageRemoval = defineFact({
  name: 'package.removal',
  summary: 'the other packages that would be removed with a package',
  probe: ({ name }: { readonly name: string }) => sh`
command -v apt-get >/dev/null || exit 0
case $(dpkg-query -W -f '\${db:Status-Status}' -- ${name} 2>/dev/null) in installed*) ;; *) exit 0 ;; esac
LC_ALL=C apt-get -s -y -o Debug::NoLocking=1 -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Dir::Log::Planner=/dev/null remove -- ${name} 2>/dev/null || :`,
  reads: ({ name }) => [resource.package(name)],
  parse: ({ stdout }, { name }): PackageRemoval => ({
    takes: [...stdout.matchAll(/^Remv (\S+)/gm)]
      .map(([, found = '']) => found)
      .filter(found => found !== name && found !== name.replace(/:.*$/, '')),
  }),
  absent: { takes: [] },
  cost: 'cheap',
});
