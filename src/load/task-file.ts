// The file that import_tasks or include_tasks names.
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { InputError } from '../errors/errors.ts';
import { playbookProblems } from './messages/playbook.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { shownPath } from './shown-path.ts';
import { get, type YamlEntry, type YamlNode } from './yaml/node.ts';
import { readYamlFile } from './yaml/read-yaml-file.ts';

/** A file of tasks, and what reading it needs to know. */
export interface TaskFile {
  readonly shown: string;
  /** Its list of tasks; undefined for an empty file. */
  readonly node: YamlNode | undefined;
  readonly reading: PlaybookReading;
}

/** Reads it; undefined where that cannot be done, which is reported. */
export function readTaskFile({ key, keyAt, value }: YamlEntry, reading: PlaybookReading): TaskFile | undefined {
  const { report, directory, files, cwd } = reading;
  const role = reading.roles.at(-1)?.directory;
  const named = value.kind === 'map' ? get(value, 'file') : value;
  if (named?.kind !== 'scalar' || typeof named.value !== 'string' || named.value === '') {
    report(playbookProblems['no-file'](keyAt, key));
    return undefined;
  }
  const { value: name, at } = named;
  if (name.includes('{{')) {
    report(playbookProblems['file-template'](at, key));
    return undefined;
  }
  const candidates = isAbsolute(name) ? [name] : [join(directory, name), join(role ?? directory, 'tasks', name)];
  const path = candidates.find(existsSync);
  if (path === undefined) {
    report(playbookProblems['file-missing'](at, name, candidates.map(candidate => shownPath(candidate, cwd)).join(', ')));
    return undefined;
  }
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
