// Fact: what stands at a path, itself and not what a link leads to.
import { sh } from '../../util/shell.ts';
import { defineFact, type ProbeOutput } from '../contract.ts';
import { resource } from '../resource.ts';

/** What stands at a path; texts are empty where nothing does. */
export interface FileNode {
  readonly kind: 'absent' | 'file' | 'directory' | 'link' | 'other';
  /** By name; the number where it has none. */
  readonly owner: string;
  readonly group: string;
  /** Four octal digits. */
  readonly mode: string;
  /** Bytes of a file; 0 for everything else. */
  readonly size: number;
  /** Where a link points, as it is written. */
  readonly target: string;
}

/** Nothing stands there. */
export const NO_NODE: FileNode = { kind: 'absent', owner: '', group: '', mode: '', size: 0, target: '' };

/** What stands at a path: kind, owner, group, mode, size, and where a link points. Links are not followed. */
export const fileNode = defineFact({
  name: 'file.node',
  summary: 'what stands at a path, links not followed: kind, owner, group, mode, size in bytes, target of a link',
  probe: ({ path }: { readonly path: string }) => sh`
LC_ALL=C stat -c '%f:%u:%g:%s:%U:%G' -- ${path} || exit
if [ -L ${path} ]; then readlink -n -- ${path}; fi`,
  reads: ({ path }) => [resource.path(path)],
  parse: (output): FileNode => parseNode(output),
  together: {
    probe: all => sh`
set -- ${all.map(({ path }) => path)}
LC_ALL=C stat -c '%f:%u:%g:%s:%U:%G:%n' -- "$@"
for path do
  if [ -L "$path" ]; then readlink -n -- "$path"; printf '\\0'; fi
done
exit 0`,
    parse: (output, all) => parseNodes(output, all),
  },
  absent: NO_NODE,
  cost: 'cheap',
  tools: ['stat', 'readlink'],
});

/** The kinds by the first hex digit of st_mode. */
const KINDS: Readonly<Record<string, FileNode['kind']>> = { '8': 'file', '4': 'directory', a: 'link' };

/** As `stat` shows one: mode, ids, size, names; where several are asked for, the path. */
const SHOWN = /^([0-9a-f]+):(\d+):(\d+):(\d+):([^:]*):([^:]*)((?::.*)?)$/;
const NOT_THERE = /(No such file or directory|Not a directory)\s*$/;

function parseNode({ stdout, stderr, status }: ProbeOutput): FileNode {
  if (status !== 0 && NOT_THERE.test(stderr)) return NO_NODE;
  const end = stdout.indexOf('\n');
  const match = SHOWN.exec(stdout.slice(0, end));
  if (status !== 0 || match === null || match[7] !== '')
    throw new Error(stderr.trim() || `stat ended with status ${status} and printed ${JSON.stringify(stdout)}`);
  return toNode(match, stdout.slice(end + 1));
}

/** Lines of those that are there, each ending with its path, in order; then where the links among them point. */
function parseNodes({ stdout, stderr }: ProbeOutput, all: readonly { readonly path: string }[]): readonly FileNode[] | undefined {
  if (stderr.split('\n').some(line => line !== '' && !NOT_THERE.test(line))) return undefined;
  let at = 0;
  const matches = all.map(({ path }) => {
    const match = SHOWN.exec(stdout.slice(at, stdout.indexOf('\n', at)));
    const line = match === null ? '' : `${match[0].slice(0, match[0].length - (match[7] ?? '').length)}:${path}\n`;
    if (match === null || !stdout.startsWith(line, at)) return undefined;
    at += line.length;
    return match;
  });
  const targets = stdout.slice(at).split('\0');
  const isLink = (match: RegExpExecArray | undefined): boolean => match !== undefined && kindOf(match[1] ?? '') === 'link';
  if (targets.pop() !== '' || targets.length !== matches.filter(isLink).length) return undefined;
  return matches.map(match => (match === undefined ? NO_NODE : toNode(match, isLink(match) ? (targets.shift() ?? '') : '')));
}

function kindOf(raw: string): FileNode['kind'] {
  return KINDS[raw.length === 4 ? raw.charAt(0) : ''] ?? 'other';
}

function toNode(match: RegExpExecArray, target: string): FileNode {
  const [, raw = '', uid = '', gid = '', size = '', user = '', group = ''] = match;
  const kind = kindOf(raw);
  return {
    kind,
    owner: nameOr(user, uid),
    group: nameOr(group, gid),
    mode: (Number.parseInt(raw, 16) & 0o7777).toString(8).padStart(4, '0'),
    size: kind === 'file' ? Number(size) : 0,
    target: kind === 'link' ? target : '',
  };
}

function nameOr(name: string, id: string): string {
  return name === '' || name === 'UNKNOWN' ? id : name;
}
