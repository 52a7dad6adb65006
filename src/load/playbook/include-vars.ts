// `include_vars`: the variables of a file, set when the task has its turn. The file is read now, so that what is wrong with it is said now.
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { attemptNow } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import { readVariables } from '../variables/variables.ts';
import { getEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';
import { toValue } from '../yaml/to-value.ts';

const PARAMETERS = ['file', 'name'] as const;

/** What `set` is to be given; undefined where something is wrong, which is reported. */
export function variablesToSet(params: YamlMap, { report, note, directory, cwd, roles }: PlaybookReading): YamlMap | undefined {
  for (const { key, keyAt } of params.entries)
    if (!PARAMETERS.some(parameter => parameter === key))
      report(playbookProblems['unknown-keyword'](keyAt, key, 'task with include_vars', didYouMean(key, PARAMETERS)));
  const file = getEntry(params, 'file');
  const named = file === undefined ? undefined : textOf(file.value);
  if (named === undefined) {
    report(playbookProblems['no-file'](params.at, 'include_vars'));
    return undefined;
  }
  const at = file?.value.at ?? params.at;
  if (named.includes('{{')) {
    report(playbookProblems['file-template'](at, 'include_vars'));
    return undefined;
  }
  const home = roles.at(-1)?.directory ?? directory;
  const candidates = isAbsolute(named) ? [named] : [join(home, 'vars', named), join(directory, named)];
  const path = candidates.find(existsSync);
  if (path === undefined) {
    report(playbookProblems['file-missing'](at, named, candidates.map(candidate => shownPath(candidate, cwd)).join(', ')));
    return undefined;
  }
  const shown = shownPath(path, cwd);
  const found = attemptNow(() => readYamlFile(path, shown), report) ?? { kind: 'map', entries: [], at };
  if (found.kind !== 'map') {
    report(playbookProblems['not-a-map'](found.at, shown, describeValue(toValue(found)), 'each variable as "name: value"'));
    return undefined;
  }
  readVariables(found, { source: shown, what: shown, report, note });
  const name = getEntry(params, 'name');
  const under = name === undefined ? undefined : textOf(name.value);
  return name === undefined || under === undefined
    ? found
    : { kind: 'map', at, entries: [{ key: under, keyAt: name.keyAt, value: found }] };
}

function textOf(node: YamlNode): string | undefined {
  return node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '' ? node.value : undefined;
}
