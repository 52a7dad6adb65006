// Where this user keeps on the controller what could be had again.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** A folder below `$XDG_CACHE_HOME/tsplay`, or `~/.cache/tsplay`. Nobody has made it yet. */
export function cacheDirectory(name: string): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(cache) ? cache : join(homedir(), '.cache'), 'tsplay', name);
}
