// The files of a role's folders: `main.yml`, or what a task names in its place, which may not lead out of the folder.
import { readdirSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Position } from '../../errors/problem.ts';
import { roleProblems } from '../messages/role.ts';
import type { Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';

/** The folders of a role that hold YAML. */
export type RoleFolder = 'tasks' | 'handlers' | 'defaults' | 'vars' | 'meta';

/** A file that a task names, by `tasks_from` and its like. */
export interface NamedFile {
  readonly name: string;
  readonly at: Position;
  /** The word that names it. */
  readonly key: string;
}

const ENDINGS = ['.yml', '.yaml', '.json'] as const;

/** Folders of variables: `vars/main/` stands for all files in it. */
const WHOLE: readonly RoleFolder[] = ['defaults', 'vars'];

/** Absolute paths, in order; none where there is no such file, which is reported when it was named. */
export function roleFiles(
  directory: string,
  folder: RoleFolder,
  from: NamedFile | undefined,
  { cwd, report }: { readonly cwd: string; readonly report: Report } = { cwd: '', report: () => undefined },
): readonly string[] {
  const home = join(directory, folder);
  const name = from?.name ?? 'main';
  const path = resolve(home, name);
  if (from !== undefined && !path.startsWith(home + sep)) {
    report(roleProblems['outside'](from.at, from.key, from.name, shownPath(home, cwd)));
    return [];
  }
  const candidates = from === undefined ? [...ENDINGS.map(ending => path + ending), path] : [path, ...ENDINGS.map(ending => path + ending)];
  const found = candidates.find(isFile);
  if (found !== undefined) return [found];
  if (WHOLE.includes(folder) && isFolder(path)) return filesIn(path);
  if (from !== undefined) {
    const looked = candidates.slice(0, 2).map(candidate => shownPath(candidate, cwd));
    report(roleProblems['no-such-file'](from.at, from.name, looked));
  }
  return [];
}

/** A file of `meta/` by its name without an ending. */
export function metaFile(directory: string, name: string): string | undefined {
  return ENDINGS.map(ending => join(directory, 'meta', name + ending)).find(isFile);
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(entry => !entry.name.startsWith('.'));
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return ENDINGS.some(ending => entry.name.endsWith(ending)) ? [path] : [];
    });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Whether a folder holds a role in YAML. */
export function isWrittenRole(directory: string): boolean {
  return FOLDERS.some(folder => roleFiles(directory, folder, undefined).length > 0);
}

const FOLDERS: readonly RoleFolder[] = ['tasks', 'handlers', 'defaults', 'vars', 'meta'];
