// Fact: whether the package index is fresh enough. The age itself changes with every reading, the answer seldom.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** What is said of the index. */
export interface PackageIndex {
  readonly fresh: boolean;
}

/** Whether the index was fetched within the last `max_age` seconds. Only apt is asked: dnf refreshes its index by itself. */
export const packageIndex = defineFact({
  name: 'package.index',
  summary: 'whether the package index was fetched within the last so many seconds',
  probe: ({ max_age }: { readonly max_age: number }) => sh`
command -v apt-get >/dev/null || { echo fresh; exit 0; }
set -- /var/lib/apt/lists/*_*
[ -e "$1" ] && [ $(( $(date +%s) - $(stat -c %Y /var/lib/apt/lists) )) -le ${max_age} ] && echo fresh || echo old`,
  reads: () => [resource.tree('/var/lib/apt/lists')],
  parse: ({ stdout }): PackageIndex => ({ fresh: stdout.trim() === 'fresh' }),
  absent: { fresh: false },
  cost: 'cheap',
});
