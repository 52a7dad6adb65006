// Who but root can change the directories that lead to a place. Where nobody can, what was looked at is still there when root touches it.
import { posix } from 'node:path';
import type { FileNode } from '../../facts/file/node.ts';
import { ancestorsOf } from '../../modules/file/paths.ts';
import type { Way } from '../state/fact-store.ts';

/** Somebody who can put one thing in the place of another. */
export interface Intruder {
  /** The directory, or the link that is theirs. */
  readonly at: string;
  /** In words: `alice`, `the group staff`, `everybody`. */
  readonly who: string;
  /** A user that a task can become; a group is none. */
  readonly user?: string;
}

/** What is known of what stands at a path; undefined: nothing is. */
export type Look = (path: string) => FileNode | undefined;

/** Everything that has to be known of the way to a place. */
export function waymarksOf({ real, links }: Way): readonly string[] {
  return [...new Set([...links, real].flatMap(path => [...ancestorsOf(path), ...(path === real ? [] : [path])]))];
}

/** Who can change a directory on the way to what really stands at a path: of the one nearest to it. */
export function intruderOn(real: string, look: Look): Intruder | undefined {
  return ancestorsOf(real)
    .map(path => intruderIn(path, look(path)))
    .findLast(found => found !== undefined);
}

/** Who can exchange a thing that stands in a directory of root's where everybody may make things, and nobody but its owner may remove them. */
export function ownerAmong(path: string, look: Look): Intruder | undefined {
  const owner = look(path)?.owner ?? 'root';
  return isShared(look(posix.dirname(path))) && owner !== 'root' && owner !== '' ? { at: path, who: owner, user: owner } : undefined;
}

/** Who can let a link lead elsewhere. */
export function intruderAtLink(link: string, look: Look): Intruder | undefined {
  const found = intruderOn(link, look) ?? ownerAmong(link, look);
  return found && { ...found, at: link };
}

/** Whether others may make things in it, but not touch those of root: /tmp. */
export function isShared(node: FileNode | undefined): boolean {
  return node?.kind === 'directory' && node.owner === 'root' && isSticky(node) && writersOf(node) !== undefined;
}

function intruderIn(at: string, node: FileNode | undefined): Intruder | undefined {
  if (node?.kind !== 'directory') return undefined;
  const writers = isSticky(node) ? undefined : writersOf(node);
  if (writers === 'everybody' || (writers !== undefined && node.owner === 'root')) return { at, who: writers };
  return node.owner === 'root' ? undefined : { at, who: node.owner, user: node.owner };
}

function writersOf({ mode, group }: FileNode): string | undefined {
  const bits = Number.parseInt(mode, 8);
  if ((bits & 0o002) !== 0) return 'everybody';
  return (bits & 0o020) !== 0 && group !== 'root' ? `the group ${group}` : undefined;
}

function isSticky({ mode }: FileNode): boolean {
  return (Number.parseInt(mode, 8) & 0o1000) !== 0;
}
