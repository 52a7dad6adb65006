// Paths as people read them: relative to where they stand, absolute when that leads away.
import { relative } from 'node:path';

/** A path as problems name it. */
export function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') ? path : short;
}
