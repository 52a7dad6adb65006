// Where anybody on this machine could put other content: a file that all may write, or one in a folder that all may change.
import { lstatSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';

const WRITABLE_BY_ALL = 0o002;
/** In a folder with this bit others may add files, and leave those of its user alone. */
const STICKY = 0o1000;

/**
 * The path itself or the folder above it that everybody may change; undefined where nobody but its owners can. Links are followed first.
 * @throws the error of the file system when it is not there
 */
export function worldWritable(path: string): string | undefined {
  const real = realpathSync(path);
  if ((lstatSync(real).mode & WRITABLE_BY_ALL) !== 0 && !isSticky(real)) return real;
  return foldersAbove(real).find(folder => (lstatSync(folder).mode & WRITABLE_BY_ALL) !== 0 && !isSticky(folder));
}

function isSticky(path: string): boolean {
  return (lstatSync(path).mode & STICKY) !== 0;
}

function foldersAbove(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}
