// The file that import_tasks or include_tasks names.
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Position } from '../../errors/problem.ts';
import { filesLike } from './files-like.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { attemptNow } from '../report.ts';
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

/** What names a file: the value itself, or its parameter. */
export function fileNode(value: YamlNode): YamlNode | undefined {
  return value.kind === 'map' ? get(value, 'file') : value;
}

/** The name of the file, whether by itself or as a parameter; undefined where there is none, which is reported. */
export function fileNamed({ key, keyAt, value }: YamlEntry, { report }: Pick<PlaybookReading, 'report'>): Located<string> | undefined {
  const named = fileNode(value);
  if (named?.kind === 'scalar' && typeof named.value === 'string' && named.value !== '') return { value: named.value, at: named.at };
  report(playbookProblems['no-file'](keyAt, key));
  return undefined;
}

/** Reads it; undefined where that cannot be done, which is reported. */
export function readTaskFile(entry: YamlEntry, reading: PlaybookReading): TaskFile | undefined {
  const { report, cwd } = reading;
  const named = fileNamed(entry, reading);
  if (named === undefined) return undefined;
  const { value: name, at } = named;
  if (name.includes('{{')) {
    report(playbookProblems['file-template'](at, entry.key));
    return undefined;
  }
  const candidates = isAbsolute(name) ? [name] : placesFor(reading).map(folder => join(folder, name));
  const path = candidates.find(existsSync);
  if (path !== undefined) return readAt(path, at, reading);
  report(playbookProblems['file-missing'](at, name, candidates.map(candidate => shownPath(candidate, cwd)).join(', ')));
  return undefined;
}

/** Those that a name with expressions in it may mean, by what it comes to. None is reported. */
export function readTaskFiles({ value: name, at }: Located<string>, reading: PlaybookReading): ReadonlyMap<string, TaskFile> {
  const { report, files } = reading;
  const read = [...filesLike(name, placesFor(reading))]
    .filter(([called, path]) => /\.(ya?ml|json)$/.test(called) && !files.includes(path))
    .flatMap(([called, path]) => {
      const file = readAt(path, at, reading);
      return file === undefined || !isOfTasks(file.node) ? [] : [[called, file] as const];
    });
  if (read.length === 0) report(playbookProblems['no-file-like'](at, name));
  return new Map(read);
}

/** Where a file is looked for that a task names. */
function placesFor({ directory, roles }: PlaybookReading): readonly string[] {
  return [directory, join(roles.at(-1)?.directory ?? directory, 'tasks')];
}

/** A playbook is not, nor is a file of variables. */
function isOfTasks(node: YamlNode | undefined): boolean {
  const isPlay = (item: YamlNode): boolean => get(item, 'hosts') !== undefined || get(item, 'import_playbook') !== undefined;
  return node === undefined || (node.kind === 'list' && !node.items.some(isPlay));
}

function readAt(path: string, at: Position, reading: PlaybookReading): TaskFile | undefined {
  const { report, files, cwd } = reading;
  const shown = shownPath(path, cwd);
  if (files.includes(path)) {
    report(playbookProblems['import-circle'](at, shown));
    return undefined;
  }
  return attemptNow(
    () => ({ shown, node: readYamlFile(path, shown), reading: { ...reading, directory: dirname(path), files: [...files, path] } }),
    report,
  );
}
