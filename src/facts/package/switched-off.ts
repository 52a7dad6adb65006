// Fact: units of packages that somebody has switched off. Debian keeps in mind which links a package has made, so that installing it again leaves them off.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** Kept of a package that was removed as well, until it is purged. */
const KEPT = '/var/lib/systemd/deb-systemd-helper-enabled';

/** All such units of a host. */
export interface PackageSwitchedOff {
  readonly units: readonly string[];
}

export const packageSwitchedOff = defineFact({
  name: 'package.switched-off',
  summary: 'units that a package has enabled and somebody has disabled since: installing it again leaves them so',
  probe: () =>
    rawShell(`
for kept in ${KEPT}/*.dsh-also; do
  [ -f "$kept" ] || continue
  while read -r link; do
    [ -L "$link" ] || { unit=\${kept##*/}; echo "\${unit%.dsh-also}"; break; }
  done <"$kept"
done`),
  reads: () => [resource.path(KEPT)],
  parse: ({ stdout }): PackageSwitchedOff => ({ units: stdout.split('\n').filter(Boolean) }),
  absent: { units: [] },
  cost: 'cheap',
});
