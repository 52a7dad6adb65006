// Fact: which package manager the host has, and for which architecture it fetches.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';

/** The package manager of a host. */
export interface PackageManager {
  readonly name: 'apt' | 'dnf' | 'none';
  /** As its packages spell it: `amd64` with apt, `x86_64` with dnf; empty with none. */
  readonly architecture: string;
}

const NONE: PackageManager = { name: 'none', architecture: '' };

export const packageManager = defineFact({
  name: 'package.manager',
  summary: 'the package manager of the host (apt or dnf), and its architecture',
  probe: () =>
    rawShell(`
if command -v apt-get >/dev/null; then echo "apt $(dpkg --print-architecture)"
elif command -v dnf >/dev/null; then echo "dnf $(rpm -E '%{_arch}')"
else echo none; fi`),
  reads: () => [],
  parse: ({ stdout }): PackageManager => {
    const [name, architecture = ''] = stdout.trim().split(' ');
    return name === 'apt' || name === 'dnf' ? { name, architecture } : NONE;
  },
  absent: NONE,
  cost: 'cheap',
});
