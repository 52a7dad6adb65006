// The difference between two starts in words: only the files and links that are not the same, hashes cut short.
import type { StartedWith } from '../../facts/systemd/started-with.ts';

/** Both sides of the difference; equal texts when there is none. */
export interface StartDifference {
  readonly from: string;
  readonly to: string;
}

/** Compares what runs with what would be started now. */
export function differenceOfStarts(before: StartedWith, now: StartedWith): StartDifference {
  const files = keysOf(before.files, now.files).filter(path => before.files[path] !== now.files[path]);
  const links = keysOf(before.links, now.links).filter(path => before.links[path] !== now.links[path]);
  const words = (start: StartedWith): string =>
    [
      ...files.map(path => `${baseName(path)} ${start.files[path]?.slice(0, 8) ?? 'unrecorded'}`),
      ...links.map(path => `${baseName(path)} -> ${start.links[path] ?? 'unrecorded'}`),
    ].join(', ');
  return { from: words(before), to: words(now) };
}

function keysOf(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set([...Object.keys(b), ...Object.keys(a)])].sort();
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
