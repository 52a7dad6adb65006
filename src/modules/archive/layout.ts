// How an archive comes to lie in its directory: which entries, under which names, and who may change them afterwards.
import type { ArchiveEntry, Artifact } from '../../schema/resolved.ts';

/** An archive as it lies in a directory. */
export interface Layout {
  /** The folders of the archive that are left out, as a path in it; `.` for none. */
  readonly base: string;
  /** What is at the top, sorted. */
  readonly tops: readonly string[];
  readonly entries: readonly Placed[];
}

/** An entry where it comes to lie. */
export interface Placed extends ArchiveEntry {
  /** Belongs to others once it is there: neither compared nor replaced. */
  readonly left: boolean;
}

/** The layout of an archive. @returns words for a person when its first `strip` levels are not one folder each, or nothing is left */
export function layOut(artifact: Artifact, strip: number, leave: readonly string[]): Layout | string {
  const base = baseOf(artifact.entries, strip);
  if (base === undefined)
    return `strip is ${strip}, and ${artifact.source} does not begin with so many single folders; unpack it into a folder of its own`;
  const entries = artifact.entries
    .filter(entry => base === '.' || entry.path.startsWith(`${base}/`))
    .map(entry => ({ ...entry, path: base === '.' ? entry.path : entry.path.slice(base.length + 1) }))
    .map(entry => ({ ...entry, left: leave.some(path => isWithin(entry.path, path)) }));
  if (entries.length === 0) return `there is nothing in ${artifact.source} to unpack`;
  return { base, entries, tops: [...new Set(entries.map(entry => topOf(entry.path)))].sort() };
}

/** The first step of an entry's path. */
export function topOf(path: string): string {
  return path.split('/', 1)[0] ?? path;
}

function baseOf(entries: readonly ArchiveEntry[], strip: number): string | undefined {
  let base = '.';
  for (let level = 0; level < strip; level++) {
    const folders = entries.filter(entry => entry.path.split('/').length === level + 1);
    const [only] = folders;
    if (only?.type !== 'directory' || folders.length > 1) return undefined;
    base = only.path;
  }
  return base;
}

/** A path itself, or one below it. */
function isWithin(path: string, left: string): boolean {
  const root = left.replace(/\/+$/, '');
  return path === root || path.startsWith(`${root}/`);
}
