// Fact: whether the package index can be taken at its word: what it does not know is not there.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** What is said of the index. */
export interface PackageIndexComplete {
  readonly complete: boolean;
  /** A source was changed after the index was fetched. */
  readonly stale: boolean;
}

/** Fetched within a day, and after the last change of the sources. It does not foresee a refresh: a planned source makes it unknown, as it should. */
export const packageIndexComplete = defineFact({
  name: 'package.index-complete',
  summary: 'whether the package index is younger than a day and than its sources, and whether a source was changed since',
  probe: () =>
    rawShell(`
command -v apt-get >/dev/null || { echo no; exit 0; }
lists=/var/lib/apt/lists
for source in /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/sources.list.d/*; do
  [ "$source" -nt $lists ] && { echo stale; exit 0; }
done
set -- $lists/*_*
[ -e "$1" ] && [ $(( $(date +%s) - $(stat -c %Y $lists) )) -le 86400 ] && echo yes || echo no`),
  reads: () => [resource.path('/etc/apt/sources.list'), resource.tree('/etc/apt/sources.list.d')],
  parse: ({ stdout }): PackageIndexComplete => ({ complete: stdout.trim() === 'yes', stale: stdout.trim() === 'stale' }),
  absent: { complete: false, stale: false },
  cost: 'cheap',
});
