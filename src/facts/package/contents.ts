// Fact: what a package and those that come with it bring, read from their archives where the host has them already. Nothing is written.
import { rawShell, sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';
import { readArchive } from './archive.ts';
import type { PackageArchive } from './archive.ts';
import { readFilters } from './path-filters.ts';

/** What an installation would unpack. */
export interface PackageContents {
  /**
   * The package and those it depends on, as far as they are not installed and their archives are at hand; one of several versions more than once.
   * Which of them would be installed is for `package.candidate` to say.
   */
  readonly packages: readonly PackageArchive[];
}

const NOTHING: PackageContents = { packages: [] };
/** Bytes of an archive that is still read: unpacking a larger one takes longer than a look may. */
const ARCHIVE_LIMIT = 32 * 1_048_576;
/** Bytes of a file of /etc that is read whole. */
const TEXT_LIMIT = 65_536;

/** With --to-command, tar writes nothing: it hands on plain files, and passes over everything else. */
const EACH = rawShell(
  `tar -x --wildcards --to-command='[ "$TAR_SIZE" -gt ${TEXT_LIMIT} ] || { echo "$TAR_FILENAME"; base64 -w 0; echo; }'`,
);

/** One archive: its listing, what of it is there and stays as it is, its scripts, and its texts in /etc and for systemd. */
const SHOW = rawShell(`show() {
list=$(LC_ALL=C dpkg-deb -c "$1" 2>/dev/null) || return
printf '%s\\n= there\\n' "$list"
{ printf '%s\\n' "$list" | sed -n 's|^d.* \\.\\(/.*\\)/$|\\1|p'; dpkg-deb --ctrl-tarfile "$1" | tar -xO ./conffiles; } 2>/dev/null | tr '\\n' '\\0' | LC_ALL=C xargs -0 ls -d -- 2>/dev/null
dpkg-query -W -f '\${Conffiles}\\n' -- "$2" 2>/dev/null | sed -n 's|^ \\(/.*\\) [0-9a-f]* *[a-z]*$|\\1|p'
echo '= control'
dpkg-deb --ctrl-tarfile "$1" | ${EACH.text} ./preinst ./postinst 2>/dev/null
echo '= data'
case $list in *./etc/*|*./lib/systemd/*|*./usr/lib/sys*)
  dpkg-deb --fsys-tarfile "$1" | ${EACH.text} './etc/*' './lib/systemd/system/*' './usr/lib/systemd/system/*' './usr/lib/sysusers.d/*' 2>/dev/null ;;
esac
}`);

/**
 * What a package, wanted in `version` when given, would bring. The archives are looked for where apt keeps them. A package that is installed
 * brings nothing. Dependencies are followed by name, without apt: its own simulation takes too long to be made twice.
 */
export const packageContents = defineFact({
  name: 'package.contents',
  summary: 'what a package and those it depends on bring by their own archives, where the host has them: paths, units, commands, users',
  probe: ({ name, version }: { readonly name: string; readonly version?: string | undefined }) => sh`
command -v dpkg-deb >/dev/null && cd /var/cache/apt/archives 2>/dev/null || exit 0
set -- ${name.replace(/:.*$/, '')}_*.deb
[ -e "$1" ] || exit 0
has=$(dpkg-query -W -f '\${db:Status-Status} \${Version}' -- ${name} 2>/dev/null)
case $has in ${version === undefined ? sh`'installed '*` : sh`${`installed ${version}`}`}) exit 0 ;; esac
${SHOW}
[ ! -L /lib ] || echo '= merged'
cat /etc/dpkg/dpkg.cfg /etc/dpkg/dpkg.cfg.d/* 2>/dev/null | sed -n -e 's/^ *path-exclude[ =]*\\(.*[^ ]\\) *$/= exclude \\1/p' -e 's/^ *path-include[ =]*\\(.*[^ ]\\) *$/= include \\1/p'
architecture=$(dpkg --print-architecture)
seen=" $(dpkg-query -W -f '\${db:Status-Status}:\${Package} ' 2>/dev/null | tr ' ' '\\n' | sed -n 's/^installed://p' | tr '\\n' ' ')"
first=1
set -- ${name.replace(/:.*$/, '')}
while [ $# -gt 0 ]; do
  package=$1 more=
  shift
  case $first$seen in 1*) first= ;; *" $package "*) continue ;; esac
  seen="$seen$package "
  for file in "$package"_*_"$architecture".deb "$package"_*_all.deb; do
    [ -f "$file" ] && [ "$(stat -L -c %s -- "$file")" -le ${ARCHIVE_LIMIT} ] || continue
    control=$(dpkg-deb --ctrl-tarfile "$file" 2>/dev/null | tar -xO ./control 2>/dev/null)
    echo "= package $package $(printf '%s\\n' "$control" | sed -n 's/^Version: *//p')"
    show "$file" "$package"
    more="$more $(printf '%s\\n' "$control" | sed -n 's/^\\(Pre-\\)\\{0,1\\}Depends: *//p' | tr ',|' '\\n\\n' | sed 's/^ *//; s/[ (:].*//' | tr '\\n' ' ')"
  done
  set -- "$@" $more
done`,
  reads: ({ name }) => [resource.package(name), resource.tree('/var/cache/apt/archives')],
  parse: ({ stdout }): PackageContents => {
    const [head = ''] = stdout.split(/^= package /m);
    const host = { isMerged: head.startsWith('= merged\n'), filters: readFilters(head) };
    const packages = stdout.split(/^(?== package )/m).flatMap(part => {
      const [, name, version = ''] = /^= package (\S+) (\S+)\n/.exec(part) ?? [];
      return name === undefined ? [] : [readArchive(name, version, part.slice(part.indexOf('\n') + 1), host)];
    });
    return packages.length === 0 ? NOTHING : { packages };
  },
  absent: NOTHING,
  cost: 'cheap',
  isContent: true,
  tools: ['tar', 'base64', 'xargs', 'tr', 'stat'],
});
