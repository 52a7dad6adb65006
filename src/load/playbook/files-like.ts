// The files that a name with expressions in it may mean: what is fixed of it has to fit, folder by folder.
import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fixedParts, patternLike } from '../../expression/text-like.ts';

/** Stands for an expression: no name of a file holds it. */
const MARK = '\0';

/** By what the name comes to, the files that are there; the first folder that has one wins. @param directories where a name that is not absolute counts from */
export function filesLike(name: string, directories: readonly string[]): ReadonlyMap<string, string> {
  const marked = fixedParts(name).join(MARK);
  const segments = marked.split('/').map(segment => segment.split(MARK));
  const found = new Map<string, string>();
  for (const directory of isAbsolute(marked) ? ['/'] : directories)
    for (const called of walk(directory, segments, isAbsolute(marked) ? '/' : ''))
      if (!found.has(called)) found.set(called, isAbsolute(called) ? called : join(directory, called));
  return found;
}

function walk(folder: string, [first, ...rest]: readonly (readonly string[])[], before: string): readonly string[] {
  if (first === undefined) return [];
  const names = first.length === 1 ? first.filter(name => existsSync(join(folder, name))) : namesLike(folder, first);
  return names.flatMap(name => {
    const called = before + name;
    return rest.length === 0 ? [called] : walk(join(folder, name), rest, called === '' ? '' : `${called.replace(/\/$/, '')}/`);
  });
}

function namesLike(folder: string, parts: readonly string[]): readonly string[] {
  const pattern = patternLike(parts);
  return entriesOf(folder)
    .filter(name => !name.startsWith('.') && pattern.test(name))
    .sort();
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
