// `include_vars` where an expression names the file: each file that it could mean is a task of its own, for hosts for which the name comes to it.
import { join } from 'node:path';
import { filesLike } from './files-like.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { shownPath } from '../shown-path.ts';
import { readTask } from './task-source.ts';
import type { TaskSource } from '../types.ts';
import type { YamlEntry, YamlMap, YamlScalar } from '../yaml/node.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';

/** What is said of the choice and not of the files. */
const OF_THE_CHOICE: readonly string[] = ['when', 'loop', 'loop_control'];

/** A file, and the task that takes its variables over. */
export interface VarsChoice {
  /** What the name comes to. */
  readonly is: string;
  readonly shown: string;
  readonly task: TaskSource;
}

/** The files that there are; none is reported. */
export function readVarsChoices(node: YamlMap, entry: YamlEntry, name: YamlScalar, reading: PlaybookReading): readonly VarsChoice[] {
  const { directory, cwd, report } = reading;
  const files = [...filesLike(name.text, [join(directory, 'vars'), directory])].filter(
    ([called, path]) => /\.(ya?ml|json)$/.test(called) && isMapFile(path),
  );
  if (files.length === 0) report(playbookProblems['no-file-like'](name.at, name.text));
  return files.flatMap(([is, path]) => {
    const task = readTask(nodeFor(node, entry, path), 'task', reading);
    return task === undefined ? [] : [{ is, shown: shownPath(path, cwd), task }];
  });
}

/** The task as if it named the file. */
function nodeFor(node: YamlMap, { key, value }: YamlEntry, path: string): YamlMap {
  const file = { kind: 'scalar', value: path, text: path, style: 'plain', at: value.at } as const;
  const rest = value.kind === 'map' ? value.entries.filter(entry => entry.key !== 'file') : [];
  const named: YamlMap = { kind: 'map', at: value.at, entries: [{ key: 'file', keyAt: value.at, value: file }, ...rest] };
  const kept = node.entries.filter(entry => !OF_THE_CHOICE.includes(entry.key));
  return { ...node, entries: kept.map(entry => (entry.key === key ? { ...entry, value: named } : entry)) };
}

/** Whether it may be one of variables. What cannot be read is told when it is read. */
function isMapFile(path: string): boolean {
  try {
    const node = readYamlFile(path);
    return node === undefined || node.kind === 'map';
  } catch {
    return true;
  }
}
