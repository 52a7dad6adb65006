// The command that unpacks: aside in the same directory, made right there, then renamed into place; last comes the manifest.
import { LIST_ENTRIES, manifestPath, needTools, SUM_ENTRIES, sumsPath } from '../../facts/file/unpacked.ts';
import { rawShell, sh, type ShellText } from '../../util/shell.ts';
import { topOf, type Layout, type Placed } from './layout.ts';

/** One unpacking. */
export interface Unpacking {
  readonly dest: string;
  /** Of the manifest. */
  readonly name: string;
  /** The first line of the manifest. */
  readonly id: string;
  /** The archive on the host; removed afterwards. */
  readonly archive: string;
  /** The list of entries on the host; removed afterwards. */
  readonly list: string;
  /** `user:group`. */
  readonly owners: string;
  readonly layout: Layout;
  /** Tops that are not there yet: renamed whole. */
  readonly fresh: readonly string[];
}

/**
 * The list that goes with it, a line for each entry: what to do, `d` for a folder or `-`, its mode, its path. To be done: `k` nothing,
 * it came with its top or is as it was · `d` make a folder right · `f` put a file or link in place · `l` put it in place if nothing is
 * there · `n` nothing, it belongs to others from now on. All but `l` and `n` go into the manifest.
 */
export function entryList(entries: readonly Placed[], placed: ReadonlySet<string>, fresh: readonly string[]): string {
  const wordFor = (entry: Placed): string => {
    const isFresh = fresh.includes(topOf(entry.path));
    if (entry.left) return isFresh ? 'n' : 'l';
    if (isFresh || !placed.has(entry.path)) return 'k';
    return entry.type === 'directory' ? 'd' : 'f';
  };
  return entries.map(entry => `${wordFor(entry)} ${entry.type === 'directory' ? 'd' : '-'} 0${entry.mode} ./${entry.path}\n`).join('');
}

/**
 * `into DIRECTORY` goes to a directory of the tree, and nowhere else: the tree may belong to somebody who puts a link in its place meanwhile. What
 * is done then names nothing but what stands in it.
 */
const INTO = rawShell(`into() {
  if [ "$1" = "$here" ]; then return; fi
  here=$1
  if cd -P -- "\${root%/}/$1" && [ "$(env pwd -P)" = "\${root%/}\${1:+/$1}" ]; then return; fi
  echo "\${root%/}/$1 is not a directory of the archive any more, somebody has exchanged it meanwhile" >&2
  return 1
}`);

/** Leaves nothing behind but the entries and the manifest; when it breaks off, the next run begins anew. */
export function unpackScript({ dest, name, id, archive, list, owners, layout, fresh }: Unpacking): ShellText {
  const stage = `${dest}/.tsplay/unpacking-${name}`;
  const base = layout.base === '.' ? stage : `${stage}/${layout.base}`;
  const manifest = manifestPath(dest, name);
  // Tars differ in what they do with the modes of folders, and folders may be implied only: each is given its mode.
  const folderModes = [...new Set(layout.entries.filter(entry => entry.type === 'directory').map(entry => `0${entry.mode}`))];
  return sh`
stage=${stage} base=${base} archive=${archive} list=${list} manifest=${manifest}
trap 'rm -rf -- "$stage" "$stage.damaged" "$archive" "$list" "$manifest.new"' 0
umask 022
${needTools(['gzip', 'tar', 'sed', 'tr', 'xargs', 'stat', 'sha256sum'])}
mkdir -p ${`${dest}/.tsplay`} && rm -rf -- "$stage" "$stage.damaged" && mkdir "$stage" && chmod 00700 "$stage" || exit
{ gzip -dc < "$archive" || echo damaged > "$stage.damaged"; } | (umask 0; cd "$stage" && tar -xpof -) || exit
if [ -e "$stage.damaged" ]; then echo 'the archive arrived damaged' >&2; exit 1; fi
chmod -R u-s,g-s,-t "$base" || exit
for mode in ${folderModes}; do
  sed -n "s/^. d $mode //p" "$list" | tr '\\n' '\\0' | (cd "$base" && xargs -0 chmod "$mode" --) || exit
done
chown -R -h ${owners} "$base" || exit
${fresh.length > 0 ? moveFresh(dest, base, fresh) : sh`:`}
cd -P -- ${dest} && root=$(env pwd -P) && here= || exit
${INTO}
own() { into "$path" && chown ${owners} . && chmod "$mode" .; }
while IFS=' ' read -r word type mode path; do
  case $word in k | n) continue ;; esac
  path=\${path#./} name=./\${path##*/}
  case $path in */*) into "\${path%/*}" || exit ;; *) into '' || exit ;; esac
  case $word in
  d) if [ -d "$name" ] && [ ! -L "$name" ]; then :; else rm -f -- "$name" && mkdir "$name" || exit; fi
    own || exit ;;
  l) if [ -d "$base/$path" ] && [ ! -L "$base/$path" ]; then
      [ -d "$name" ] || { mkdir "$name" && own || exit; }
    elif [ ! -e "$name" ] && [ ! -L "$name" ]; then mv -fT -- "$base/$path" "$name" || exit; fi ;;
  f) if [ -d "$name" ] && [ ! -L "$name" ]; then echo "./$path is a directory where the archive has a file" >&2; exit 1; fi
    rm -f -- "$name" && mv -fT -- "$base/$path" "$name" || exit ;;
  esac
done < "$list" || exit
cd ${dest} || exit
sed -n 's/^[dfk] - [0-7]* //p' "$list" | ${SUM_ENTRIES} > ${sumsPath(dest, name)}
{ printf '%s\n' ${id}; sed -n 's/^[dfk] . [0-7]* //p' "$list" | ${LIST_ENTRIES}; } > "$manifest.new" && mv -f -- "$manifest.new" "$manifest"`;
}

function moveFresh(dest: string, base: string, fresh: readonly string[]): ShellText {
  return sh`for top in ${fresh}; do mv -- ${base}/"$top" ${dest}/"$top" || exit; done`;
}
