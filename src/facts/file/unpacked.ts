// Fact: what became of an unpacked archive, by the manifest that unpacking left. One process looks at all entries.
import { rawShell, sh, type ShellText } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

interface UnpackedArguments extends Readonly<Record<string, unknown>> {
  /** The directory it was unpacked in. */
  readonly dest: string;
  /** Of the manifest, in `<dest>/.tsplay/<name>.manifest`. */
  readonly name: string;
  /** What the first line of the manifest has to say, but for the owners, which are its second word. */
  readonly wanted: string;
  /** The entries at the top. */
  readonly tops: readonly string[];
}

/** An unpacked archive. */
export interface Unpacked {
  /** What was unpacked and how, as its manifest says; empty without a manifest. */
  readonly id: string;
  /** Entries that are gone or differ from what was unpacked, in kind, mode, owner, size or time; sorted, relative to dest. */
  readonly changed: readonly string[];
  /** Where directories stand: among the changed entries, or anywhere below the tops when it is not what is wanted; sorted, relative to dest. */
  readonly folders: readonly string[];
}

/** Where the manifest of an unpacked archive is. */
export function manifestPath(dest: string, name: string): string {
  return `${dest}/.tsplay/${name}.manifest`;
}

/** Ends what would go wrong in silence where a tool is missing, as its answers are not looked at. What stands in for one xargs does not find. */
export function needTools(names: readonly string[]): ShellText {
  return sh`for tool in ${names}; do
case " \${_ts_in-} " in *" $tool "*) false;; *) command -v "$tool" >/dev/null;; esac || { echo "sh: $tool: not found" >&2; exit 127; }
done`;
}

/** Mode, owner, group, size, time and name of each file named on standard input, one on a line. Folders change by use: no size, no time. */
export const LIST_ENTRIES = rawShell(
  `tr '\\n' '\\0' | LC_ALL=C xargs -0 stat -c '%f:%u:%g:%s:%Y %n' -- 2>/dev/null | LC_ALL=C sed 's/^\\(4[0-9a-f]*:[0-9]*:[0-9]*\\):[0-9]*:[0-9]* /\\1:: /'`,
);

/** Where the digests of its files are, for a thorough look. */
export function sumsPath(dest: string, name: string): string {
  return `${dest}/.tsplay/${name}.sums`;
}

/** Digests of the files named on standard input, one on a line. A link counts as what it leads to, and not at all where that is nothing. */
export const SUM_ENTRIES = rawShell(`{ tr '\\n' '\\0' | LC_ALL=C xargs -0 sha256sum -- 2>/dev/null || :; }`);

/** Prints what the manifest says it was, every entry that differs from it, and with a `d` before it, every directory that a file might have to replace. */
const byManifest = ({ dest, name, wanted, tops }: UnpackedArguments) => sh`
manifest=${manifestPath(dest, name)} is= changed=
cd ${dest} 2>/dev/null || exit 0
if [ -f "$manifest" ]; then
  ${needTools(['stat', 'xargs', 'tr'])}
  IFS= read -r is < "$manifest" || is=
  changed=$(LC_ALL=C sed '1d; s/^[^ ]* //' "$manifest" | ${LIST_ENTRIES} | LC_ALL=C awk '
NR == FNR { if (FNR > 1) left[$0] = 1; next }
{ delete left[$0] }
END { for (line in left) print substr(line, index(line, " ") + 1) }' "$manifest" -) || exit
fi
printf '%s\\n' "$is" "$changed"
how=\${is#* }
if [ "\${is%% *} \${how#* }" = ${wanted} ]; then
  [ -z "$changed" ] || printf '%s\\n' "$changed" | while IFS= read -r path; do
    if [ -d "$path" ] && [ ! -L "$path" ]; then printf 'd %s\\n' "$path"; fi
  done
else
  ${needTools(['find'])}
  { find ${tops.map(top => `./${top}`)} -type d 2>/dev/null || :; } | LC_ALL=C sed 's/^/d /'
fi`;

/** What became of an unpacked archive. */
export const unpacked = defineFact({
  name: 'archive.unpacked',
  summary: 'an unpacked archive by its manifest: what it was, and which entries are gone or altered',
  probe: byManifest,
  // Content that was altered with its size and time kept shows in its digest alone.
  thorough: (args: UnpackedArguments) => sh`
{ ${byManifest(args)}
} || exit
[ ! -f ${sumsPath(args.dest, args.name)} ] || LC_ALL=C sha256sum -c -- ${sumsPath(args.dest, args.name)} 2>/dev/null | LC_ALL=C sed -n 's/: FAILED.*$//p'`,
  reads: ({ dest, name, tops }) => [resource.path(manifestPath(dest, name)), ...tops.map(top => resource.tree(`${dest}/${top}`))],
  parse: ({ stdout, stderr, status }): Unpacked => {
    if (status !== 0) throw new Error(stderr.trim() || `looking at the entries ended with status ${status}`);
    const [id = '', ...lines] = stdout.split('\n').filter((line, index) => index === 0 || line !== '');
    const isFolder = (line: string): boolean => line.startsWith('d ');
    return {
      id,
      changed: pathsOf(lines.filter(line => !isFolder(line))),
      folders: pathsOf(lines.filter(isFolder).map(line => line.slice(2))),
    };
  },
  absent: { id: '', changed: [], folders: [] },
  cost: 'cheap',
  tools: ['stat', 'xargs', 'tr', 'find'],
});

function pathsOf(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.map(line => line.replace(/^\.\//, '')))].sort();
}
