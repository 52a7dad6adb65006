// Fact: whether a package is installed, and in which version.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** One package. Half-installed counts as not installed. */
export interface PackageInstalled {
  readonly installed: boolean;
  /** As the package manager writes it, epoch and revision included; empty when not installed. */
  readonly version: string;
}

const NOT_INSTALLED: PackageInstalled = { installed: false, version: '' };

/** A package by name. Where there is no package manager, nothing is installed. The rpm branch is untested. */
export const packageInstalled = defineFact({
  name: 'package.installed',
  summary: 'whether a package is installed, and in which version',
  probe: ({ name }: { readonly name: string }) => sh`
if command -v dpkg-query >/dev/null; then dpkg-query -W -f '\${db:Status-Status} \${Version}\\n' -- ${name}
elif command -v rpm >/dev/null; then rpm -q --qf 'installed %{VERSION}-%{RELEASE}\\n' -- ${name}
fi 2>/dev/null || :`,
  reads: ({ name }) => [resource.package(name)],
  parse: ({ stdout }): PackageInstalled => {
    const line = stdout.split('\n').find(text => text.startsWith('installed '));
    return line === undefined ? NOT_INSTALLED : { installed: true, version: line.slice('installed '.length).trim() };
  },
  together: {
    probe: all => sh`
if command -v dpkg-query >/dev/null; then dpkg-query -W -f '\${Package} \${Architecture} \${db:Status-Status} \${Version}\\n' -- ${all.map(({ name }) => name)}
elif command -v rpm >/dev/null; then rpm -q --qf '%{NAME} %{ARCH} installed %{VERSION}-%{RELEASE}\\n' -- ${all.map(({ name }) => name)}
fi 2>/dev/null || :`,
    parse: ({ stdout }, all) => {
      const lines = stdout.split('\n').map(line => /^(\S+) (\S+) installed (\S+)$/.exec(line) ?? []);
      // A pattern may stand for several packages.
      if (all.some(({ name }) => !/^[a-z0-9][a-z0-9.+_-]*(:[a-z0-9]+)?$/i.test(name))) return undefined;
      return all.map(({ name }) => {
        const found = lines.find(([, own, architecture]) => name === own || name === `${own ?? ''}:${architecture ?? ''}`);
        return found === undefined ? NOT_INSTALLED : { installed: true, version: found[3] ?? '' };
      });
    },
  },
  absent: NOT_INSTALLED,
  cost: 'cheap',
});
