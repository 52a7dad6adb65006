// How each package manager installs, removes and refreshes: the table that platform differences live in.
import { sh, withInput } from '../../util/shell.ts';
import type { ShellText } from '../../util/shell.ts';
import { run } from '../actions.ts';
import type { RunAction } from '../actions.ts';

/** A package to install. */
export interface Wanted {
  readonly name: string;
  /** Exactly this version; absent means what the index offers. */
  readonly version?: string | undefined;
}

/** What a package manager can be told. */
export interface Manager {
  /** @param stale the sources were changed after the index was fetched: it is refreshed first */
  readonly install: (packages: readonly Wanted[], stale: boolean) => RunAction;
  readonly remove: (names: readonly string[]) => RunAction;
  readonly refresh: RunAction;
}

const TIMEOUT = 1800;
const APT = sh`apt-get -q -y -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold`;
/** The time of the lists is set by hand: apt leaves it alone when there was nothing new to fetch. */
const APT_UPDATE = sh`apt-get -q update && touch /var/lib/apt/lists`;

/** The package managers by the name `package.manager` gives them. */
export const MANAGERS: Readonly<Record<'apt' | 'dnf', Manager>> = Object.freeze({
  apt: {
    install: (packages, stale) => {
      const words = packages.map(({ name, version }) => (version === undefined ? name : `${name}=${version}`));
      const install = sh`${APT} --no-install-recommends --allow-downgrades install -- ${words}`;
      // The second try mends what the first cannot: an index that is missing or old, and an installation that was cut off.
      const first = stale ? sh`{ ${APT_UPDATE}; ${install}; }` : install;
      return quiet(sh`${first} || { dpkg --configure -a; ${APT_UPDATE} && ${install}; }`);
    },
    remove: names => quiet(sh`${APT} remove -- ${names}`),
    refresh: quiet(APT_UPDATE),
  },
  // Untested: no host of this family has been at hand.
  dnf: {
    install: packages => {
      const words = packages.map(({ name, version }) => (version === undefined ? name : `${name}-${version}`));
      return quiet(sh`dnf -y --setopt=install_weak_deps=False install -- ${words}`);
    },
    remove: names => quiet(sh`dnf -y remove -- ${names}`),
    refresh: quiet(sh`dnf -y makecache --refresh`),
  },
});

/** Asks no questions, restarts nothing that was not asked for. */
function quiet(command: ShellText): RunAction {
  return run(withInput(command, { env: { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1', LC_ALL: 'C.UTF-8' } }), {
    timeout: TIMEOUT,
  });
}
