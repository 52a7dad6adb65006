// Paths on a host as text: one spelling for each, so that equal paths are equal facts.
import { posix } from 'node:path';

/** What most paths are. */
const TIDY = /^(?:\/[^/.][^/]*)+$/;

/** The path without doubled slashes, `.` steps and a trailing slash. A `..` stays: what it leads to depends on links. */
export function tidy(path: string): string {
  if (TIDY.test(path)) return path;
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}

/** The directory a tidy path stands in. */
export function parentOf(path: string): string {
  return posix.dirname(path);
}

/** Every directory above a tidy path but `/`, the outermost first. */
export function ancestorsOf(path: string): readonly string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}
