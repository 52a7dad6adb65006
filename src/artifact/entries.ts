// The contents of an archive as a list that is safe to unpack: nothing outside its folder, nothing but files, folders and links.
import { posix } from 'node:path';
import type { ArchiveEntry } from '../schema/resolved.ts';

/** An archive that is not unpacked anywhere: the message says why. */
export class UnsafeArchiveError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnsafeArchiveError';
  }
}

/** The path of an entry as it is listed: relative, without `.` steps or a trailing slash; empty for the archive's own root. @throws UnsafeArchiveError */
export function entryPath(written: string): string {
  if (hasControlCharacters(written))
    throw new UnsafeArchiveError(`the archive has an entry with control characters in its name: ${JSON.stringify(written)}`);
  if (written.startsWith('/') || written.split('/').includes('..')) {
    throw new UnsafeArchiveError(`the archive has an entry that leads out of it: ${JSON.stringify(written)}`);
  }
  const parts = written.split('/').filter(part => part !== '' && part !== '.');
  if (parts.some(part => part !== part.trim()))
    throw new UnsafeArchiveError(`the archive has an entry with blanks at an end of its name: ${JSON.stringify(written)}`);
  return parts.join('/');
}

/** Four octal digits without setuid, setgid and sticky bits: what unpacking leaves. */
export function entryMode(mode: number): string {
  return `0${(mode & 0o777).toString(8).padStart(3, '0')}`;
}

/** Entries by path, folders that are only implied added, in the order of their paths. @throws UnsafeArchiveError for links that lead out and entries behind a link */
export function completeEntries(listed: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  const byPath = new Map<string, ArchiveEntry>();
  for (const entry of listed) {
    if (entry.path === '') continue;
    for (const folder of foldersOf(entry.path)) {
      if (!byPath.has(folder)) byPath.set(folder, { path: folder, type: 'directory', mode: '0755', size: 0 });
    }
    byPath.set(entry.path, entry);
  }
  for (const entry of byPath.values()) {
    const behind = foldersOf(entry.path).find(folder => byPath.get(folder)?.type !== 'directory');
    if (behind !== undefined)
      throw new UnsafeArchiveError(`the archive has the entry ${entry.path} behind ${behind}, which is not a folder`);
    if (entry.target !== undefined) checkTarget(entry.path, entry.target);
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function checkTarget(path: string, target: string): void {
  const leads = posix.join(posix.dirname(path), target);
  if (target === '' || target.startsWith('/') || hasControlCharacters(target) || leads === '..' || leads.startsWith('../')) {
    throw new UnsafeArchiveError(`the archive has the link ${path}, which leads out of it, to ${JSON.stringify(target)}`);
  }
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function hasControlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
