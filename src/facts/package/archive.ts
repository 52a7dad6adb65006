// One package as its archive shows it: what is unpacked, the texts that matter, and what its scripts do.
import { readListing, realPath } from './archive-listing.ts';
import type { ArchivePath } from './archive-listing.ts';
import { readScripts } from './maintainer-scripts.ts';
import type { ScriptDeeds } from './maintainer-scripts.ts';
import { isExcluded } from './path-filters.ts';
import type { PathFilter } from './path-filters.ts';

/** A package. What is on the host already and stays as it is (directories, configuration files) is not in it. */
export interface PackageArchive extends Omit<ScriptDeeds, 'alternatives'> {
  readonly name: string;
  readonly version: string;
  readonly paths: Readonly<Record<string, ArchivePath>>;
  /** Documentation, translations and files beyond a bound, of which only the paths are kept. */
  readonly others: readonly string[];
  /** Texts of configuration files and of units, by path. */
  readonly texts: Readonly<Record<string, string>>;
  /** Programs by name, and where they are. */
  readonly commands: Readonly<Record<string, string>>;
}

/** Paths up to which every file is kept with its mode. Beyond: directories, configuration, units and programs. */
const MANY = 400;
/** Directories deeper than this are not kept beyond the bound. */
const DEPTH = 4;
const UNIT = /^\/usr\/lib\/systemd\/system\/[^/]+$|^\/lib\/systemd\/system\/[^/]+$/;
const PROGRAM = /^(?:\/usr)?\/s?bin\/([^/]+)$/;

/** Where nobody but readers looks. */
const ASIDE = /^\/usr\/share\/(?:locale|man|info|lintian|help|icons|doc\/[^/]+)\//;

/** What of the host bears on it: whether /lib is a link into /usr, and what dpkg leaves out. */
export interface UnpackingHost {
  readonly isMerged: boolean;
  readonly filters: readonly PathFilter[];
}

/** Reads what the probe printed of one package. */
export function readArchive(name: string, version: string, text: string, { isMerged, filters }: UnpackingHost): PackageArchive {
  const sections = new Map(
    text.split(/^(?== )/m).map((part, index): readonly [string, readonly string[]] => {
      const [head = '', ...lines] = part.split('\n');
      return index === 0 && !head.startsWith('= ') ? ['list', [head, ...lines]] : [head.slice(2), lines];
    }),
  );
  const there = new Set((sections.get('there') ?? []).map(path => realPath(path, isMerged)));
  const control = readFiles(sections.get('control') ?? [], false);
  const data = readFiles(sections.get('data') ?? [], isMerged);
  const all = readListing(sections.get('list') ?? [], isMerged);
  const listed = [...all].filter(([path, { kind }]) => !there.has(path) && !(kind === 'file' && isExcluded(path, filters)));
  const matters = (path: string, kind: string): boolean =>
    kind === 'directory' ? path.split('/').length <= DEPTH + 1 : /^\/etc\//.test(path) || UNIT.test(path) || PROGRAM.test(path);
  // Of a folder that dpkg leaves out it still makes what it may need for others: that shows later.
  const isKept = ([path, { kind }]: readonly [string, ArchivePath]): boolean =>
    !ASIDE.test(path) && !isExcluded(path, filters) && (listed.length <= MANY || matters(path, kind));
  const isSysusers = (path: string): boolean => path.startsWith('/usr/lib/sysusers.d/');
  const sysusers = [...data].flatMap(([path, content]) => (isSysusers(path) ? [content] : []));
  const { alternatives, ...deeds } = readScripts([...control.values()].join('\n'), sysusers.join('\n'));
  const programs = [...listed.flatMap(([path, { kind }]) => (kind === 'directory' ? [] : [path])), ...alternatives];
  return {
    name,
    version,
    paths: Object.fromEntries(listed.filter(isKept)),
    others: listed.filter(item => !isKept(item)).map(([path]) => path),
    texts: Object.fromEntries([...data].filter(([path]) => !isSysusers(path) && !there.has(path) && all.has(path))),
    commands: Object.fromEntries(
      programs.flatMap(path => (PROGRAM.exec(path)?.[1] === undefined ? [] : [[PROGRAM.exec(path)?.[1] ?? '', realPath(path, isMerged)]])),
    ),
    ...deeds,
    names: deeds.names.filter(path => !there.has(path)),
  };
}

/** A path on one line, its text in base64 on the next. What is not UTF-8 is left out. */
function readFiles(lines: readonly string[], isMerged: boolean): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const text = Buffer.from(lines[at + 1] ?? '', 'base64').toString('utf8');
    if (!text.includes('\uFFFD')) found.set(realPath((lines[at] ?? '').replace(/^\./, ''), isMerged), text);
  }
  return found;
}
