// The command that unpacks: aside in the same directory, made right there, then renamed into place; last comes the manifest.
import { LIST_ENTRIES, manifestPath } from '../../facts/file/unpacked.ts';
import { sh, type ShellText } from '../../util/shell.ts';
import type { Layout, Placed } from './layout.ts';

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
 * The list that goes with it, a line for each entry: what to do, its mode, its path. `k` it came with its top · `d` a folder to make
 * right · `f` a file or link to put in place · `l` to put in place if nothing is there. All but `l` go into the manifest.
 */
export function entryList(entries: readonly Placed[], placed: ReadonlySet<string>, fresh: readonly string[]): string {
  const isFresh = (path: string): boolean => fresh.some(top => path === top || path.startsWith(`${top}/`));
  const lines = entries.flatMap(entry => {
    const word = entry.left ? 'l' : isFresh(entry.path) || !placed.has(entry.path) ? 'k' : entry.type === 'directory' ? 'd' : 'f';
    return word === 'l' && isFresh(entry.path) ? [] : [`${word} 0${entry.mode} ./${entry.path}\n`];
  });
  return lines.join('');
}

/** Leaves nothing behind but the entries and the manifest; when it breaks off, the next run begins anew. */
export function unpackScript({ dest, name, id, archive, list, owners, layout, fresh }: Unpacking): ShellText {
  const stage = `${dest}/.tsplay/unpacking-${name}`;
  const base = layout.base === '.' ? stage : `${stage}/${layout.base}`;
  const manifest = manifestPath(dest, name);
  return sh`
stage=${stage} base=${base} archive=${archive} list=${list} manifest=${manifest}
trap 'rm -rf -- "$stage" "$stage.damaged" "$archive" "$list" "$manifest.new"' 0
umask 022
mkdir -p ${`${dest}/.tsplay`} && rm -rf -- "$stage" "$stage.damaged" && mkdir "$stage" && chmod 00700 "$stage" || exit
{ gzip -dc < "$archive" || echo damaged > "$stage.damaged"; } | (cd "$stage" && tar -xpof -) || exit
if [ -e "$stage.damaged" ]; then echo 'the archive arrived damaged' >&2; exit 1; fi
chmod -R u-s,g-s,-t "$base" && chown -R -h ${owners} "$base" || exit
${fresh.length > 0 ? moveFresh(dest, base, fresh) : sh`:`}
cd ${dest} || exit
while IFS=' ' read -r word mode path; do
  case $word in
  k) ;;
  d) if [ -d "$path" ] && [ ! -L "$path" ]; then :; else rm -f -- "$path" && mkdir "$path" || exit; fi
    chown ${owners} "$path" && chmod "$mode" "$path" || exit ;;
  l) if [ -d "$base/$path" ] && [ ! -L "$base/$path" ]; then
      [ -d "$path" ] || { mkdir "$path" && chown ${owners} "$path" && chmod "$mode" "$path" || exit; }
    elif [ ! -e "$path" ] && [ ! -L "$path" ]; then mv -- "$base/$path" "$path" || exit; fi ;;
  f) if [ -d "$path" ] && [ ! -L "$path" ]; then echo "$path is a directory where the archive has a file" >&2; exit 1; fi
    rm -f -- "$path" && mv -- "$base/$path" "$path" || exit ;;
  esac
done < "$list" || exit
{ printf '%s\n' ${id}; sed -n 's/^[dfk] [0-7]* //p' "$list" | ${LIST_ENTRIES}; } > "$manifest.new" && mv -f -- "$manifest.new" "$manifest"`;
}

function moveFresh(dest: string, base: string, fresh: readonly string[]): ShellText {
  return sh`for top in ${fresh}; do mv -- ${base}/"$top" ${dest}/"$top" || exit; done`;
}
