// From `-i` to files: a name below inventories/, a path, a directory, or a list of hosts.
import { type Stats, readdirSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { didYouMean } from '../../util/nearest.ts';
import { inventoryProblems } from '../messages/inventory.ts';
import type { Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';

/** Where an inventory is: a list of hosts has no files. */
export interface InventoryPlace {
  /** Absolute: the file or directory. */
  readonly path: string;
  /** Where its group_vars/ and host_vars/ are. */
  readonly directory: string;
  /** Absolute, in the order they are read. */
  readonly files: readonly string[];
}

const PASSED_OVER = /^\.|~$|\.(orig|bak|cfg|retry|pyc|pyo|swp|rpm|md|txt|example|rst)$/;
const OF_VARIABLES: ReadonlySet<string> = new Set(['group_vars', 'host_vars', 'vars_plugins']);

/** Finds an inventory; undefined when there is none, which is reported. */
export function findInventory(name: string, cwd: string, report: Report): InventoryPlace | undefined {
  const endings = /\.ya?ml$/.test(name) ? [''] : ['', '.yml', '.yaml'];
  const named = endings.map(ending => join('inventories', `${name}${ending}`));
  const candidates = /[\\/]/.test(name) ? [name] : [...named, name];
  for (const candidate of candidates) {
    const path = resolve(cwd, candidate);
    const found = statOf(path);
    if (found?.isFile()) return { path, directory: join(path, '..'), files: [path] };
    if (found?.isDirectory()) return { path, directory: path, files: filesOf(path, cwd, report) };
  }
  const known = namesIn(resolve(cwd, 'inventories'));
  const names = known.map(file => basename(file, /\.ya?ml$/.test(file) ? extname(file) : undefined));
  report(inventoryProblems['not-found'](name, candidates, didYouMean(basename(name), names)));
  return undefined;
}

function filesOf(directory: string, cwd: string, report: Report): readonly string[] {
  const files = filesBelow(directory);
  if (files.length === 0) report(inventoryProblems['no-files'](shownPath(directory, cwd)));
  return files;
}

/** In the order of their names, folders where their name stands among them. */
function filesBelow(directory: string): readonly string[] {
  const names = readdirSync(directory).filter(name => !PASSED_OVER.test(name) && !OF_VARIABLES.has(name));
  return names.sort().flatMap(name => {
    const path = join(directory, name);
    return statOf(path)?.isDirectory() === true ? filesBelow(path) : [path];
  });
}

/** What is at a path; undefined where nothing can be seen. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
