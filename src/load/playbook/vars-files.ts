// `vars_files`: files of variables that a play names, each read where it can be found by its name alone.
import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { describeValue } from '../../schema/describe.ts';
import { playProblems } from '../messages/play.ts';
import { attemptNow, type Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import type { Located, VariableSources, VarsFile } from '../types.ts';
import { readVariables } from '../variables/variables.ts';
import { get, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';
import { toValue } from '../yaml/to-value.ts';

/** Where such files are looked for, and who is told what. */
export interface VarsFilesReading {
  /** Absolute: where the playbook is. */
  readonly directory: string;
  readonly cwd: string;
  readonly report: Report;
  readonly note: Report;
}

/** The files of a play in order. An entry that is a list stands for the first of its files that is there. */
export function readVarsFiles(play: YamlMap, reading: VarsFilesReading): readonly VarsFile[] {
  const written = get(play, 'vars_files');
  if (written === undefined || (written.kind === 'scalar' && written.value === null)) return [];
  return Object.freeze((written.kind === 'list' ? written.items : [written]).flatMap(item => readEntry(item, reading)));
}

function readEntry(item: YamlNode, reading: VarsFilesReading): readonly VarsFile[] {
  const names = (item.kind === 'list' ? item.items : [item]).flatMap((node): readonly Located<string>[] => {
    if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '') return [{ value: node.value, at: node.at }];
    reading.report(playProblems['vars-file-name'](node.at, describeValue(toValue(node))));
    return [];
  });
  if (names.length === 0) return [];
  if (names.some(({ value }) => value.includes('{{'))) return [Object.freeze({ kind: 'named', names })];
  return [Object.freeze({ kind: 'read', variables: readFirst(names, reading) })];
}

/** The variables of the first file that is there; none when no file is, which is reported. */
export function readFirst(names: readonly Located<string>[], { directory, cwd, report, note }: VarsFilesReading): VariableSources {
  const candidates = names.flatMap(({ value }) => (isAbsolute(value) ? [value] : [join(directory, 'vars', value), join(directory, value)]));
  const path = candidates.find(candidate => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true);
  if (path === undefined) {
    const [first] = names;
    const looked = candidates.map(candidate => shownPath(candidate, cwd));
    if (first !== undefined) report(playProblems['no-vars-file'](first.at, looked));
    return {};
  }
  const shown = shownPath(path, cwd);
  return attemptNow(() => readVariables(readYamlFile(path, shown), { source: shown, what: 'the file', report, note }), report) ?? {};
}
