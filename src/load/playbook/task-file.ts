// The file that import_tasks or include_tasks names.
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { InputError } from '../../errors/errors.ts';
import type { Position } from '../../errors/problem.ts';
import { filesLike } from './files-like.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { shownPath } from '../shown-path.ts';
import type { Located } from '../types.ts';
import { get, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';

/** A file of tasks, and what reading it needs to know. */
export interface TaskFile {
  readonly shown: string;
  /** Its list of tasks; undefined for an empty file. */
  readonly node: YamlNode | undefined;
  readonly reading: PlaybookReading;
}

/** The name of the file, whether by itself or as a parameter; undefined where there is none, which is reported. */
export function fileNamed({ key, keyAt, value }: YamlEntry, { report }: Pick<PlaybookReading, 'report'>): Located<string> | undefined {
  const named = value.kind === 'map' ? get(value, 'file') : value;
  if (named?.kind === 'scalar' && typeof named.value === 'string' && named.value !== '') return { value: named.value, at: named.at };
  report(playbookProblems['no-file'](keyAt, key));
  return undefined;
}

/** Reads it; undefined where that cannot be done, which is reported. */
export function readTaskFile(entry: YamlEntry, reading: PlaybookReading): TaskFile | undefined {
  const { report, directory, cwd } = reading;
  const role = reading.roles.at(-1)?.directory;
  const named = fileNamed(entry, reading);
  if (named === undefined) return undefined;
  const { value: name, at } = named;
  if (name.includes('{{')) {
    report(playbookProblems['file-template'](at, entry.key));
    return undefined;
  }
  const candidates = isAbsolute(name) ? [name] : [join(directory, name), join(role ?? directory, 'tasks', name)];
  const path = candidates.find(existsSync);
  if (path !== undefined) return readAt(path, at, reading);
  report(playbookProblems['file-missing'](at, name, candidates.map(candidate => shownPath(candidate, cwd)).join(', ')));
  return undefined;
}

/** Those that a name with expressions in it may mean, by what it comes to. None is reported. */
export function readTaskFiles({ value: name, at }: Located<string>, reading: PlaybookReading): ReadonlyMap<string, TaskFile> {
  const { report, directory, files } = reading;
  const role = reading.roles.at(-1)?.directory;
  const read = [...filesLike(name, [directory, join(role ?? directory, 'tasks')])]
    .filter(([called, path]) => /\.(ya?ml|json)$/.test(called) && !files.includes(path) && isTaskFile(path))
    .flatMap(([called, path]) => {
      const file = readAt(path, at, reading);
      return file === undefined ? [] : [[called, file] as const];
    });
  if (read.length === 0) report(playbookProblems['no-file-like'](at, name));
  return new Map(read);
}

/** Whether it may be one of tasks: a playbook is not, nor is a file of variables. What cannot be read is told when it is read. */
function isTaskFile(path: string): boolean {
  try {
    const node = readYamlFile(path);
    const isPlay = (item: YamlNode): boolean => get(item, 'hosts') !== undefined || get(item, 'import_playbook') !== undefined;
    return node === undefined || (node.kind === 'list' && !node.items.some(isPlay));
  } catch {
    return true;
  }
}

function readAt(path: string, at: Position, reading: PlaybookReading): TaskFile | undefined {
  const { report, files, cwd } = reading;
  const shown = shownPath(path, cwd);
  if (files.includes(path)) {
    report(playbookProblems['import-circle'](at, shown));
    return undefined;
  }
  try {
    return { shown, node: readYamlFile(path, shown), reading: { ...reading, directory: dirname(path), files: [...files, path] } };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    error.problems.forEach(report);
    return undefined;
  }
}
