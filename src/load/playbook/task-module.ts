// Which module a task is for: the one key that is no keyword, and an answer to every key that is neither.
import { isShipped, MODULES, nameFor } from '../../modules/registry.ts';
import { nearest } from '../../util/nearest.ts';
import { answerFrom, answerLoop, FOREIGN_ACTIONS, FOREIGN_TASK_KEYWORDS } from './foreign-keywords.ts';
import { SEVERAL_NAMES, withoutCollection, WITHOUT_COUNTERPART } from './foreign-modules.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { ModuleNames } from './playbook-reading.ts';
import type { Report } from '../report.ts';
import { RESULT_KEYWORDS } from './result-keywords.ts';
import { SHARED_KEYWORDS } from './shared-keywords.ts';
import type { YamlEntry, YamlMap } from '../yaml/node.ts';

/** The keywords of a task, in the order of the docs. */
export const TASK_KEYWORDS = [
  'name',
  'args',
  'loop',
  'loop_control',
  'register',
  ...RESULT_KEYWORDS,
  ...SHARED_KEYWORDS,
  'listen',
  'provides',
  'unsafe_path',
] as const;

const IS_KEYWORD: ReadonlySet<string> = new Set(TASK_KEYWORDS);

/** Whether a playbook may use a module of this name. */
export function isModule(name: string, extra: ModuleNames): boolean {
  return isShipped(name) || name === 'include_vars' || extra.has(name);
}

/** Finds the entry with the module; undefined when there is none or more than one, which is reported. */
export function findModule(task: YamlMap, where: 'task' | 'handler', extra: ModuleNames, report: Report): YamlEntry | undefined {
  let found: YamlEntry | undefined;
  let attempted = false;
  for (const entry of task.entries) {
    if (IS_KEYWORD.has(entry.key)) continue;
    if (!isModule(entry.key, extra)) {
      attempted = answerKey(entry, where, extra, report) === 'module' || attempted;
    } else if (found) report(playbookProblems['two-modules'](entry.keyAt, entry.key, found.key));
    else found = entry;
  }
  if (found === undefined && !attempted) report(playbookProblems['no-module'](task.at));
  return found;
}

/** Says what is wrong with a key, and whether it stands where the module should. */
function answerKey({ key, keyAt, value }: YamlEntry, where: string, extra: ModuleNames, report: Report): 'module' | 'keyword' {
  const short = withoutCollection(key);
  const action = answerFrom(FOREIGN_ACTIONS, short);
  const keyword = answerFrom(FOREIGN_TASK_KEYWORDS, key) ?? answerLoop(key);
  const ours = Object.hasOwn(SEVERAL_NAMES, short) ? SEVERAL_NAMES[short] : nameFor(key);
  if (action ?? keyword) {
    answerForeign(action ?? keyword, key, where, keyAt, report);
    return action ? 'module' : 'keyword';
  }
  if (ours !== undefined) report(playbookProblems['foreign-module'](keyAt, key, ours));
  else if (WITHOUT_COUNTERPART.has(short)) report(playbookProblems['later-module'](keyAt, key));
  else return answerUnknown(key, keyAt, value.kind === 'map', where, extra, report);
  return 'module';
}

function answerUnknown(
  key: string,
  at: YamlEntry['keyAt'],
  isMap: boolean,
  where: string,
  extra: ModuleNames,
  report: Report,
): 'module' | 'keyword' {
  const modules = [...Object.keys(MODULES), ...extra];
  const near = nearest(key, [...TASK_KEYWORDS, ...modules]);
  const advice = near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`;
  const isModule = near === undefined ? key.includes('.') || isMap : modules.includes(near);
  const answer = isModule
    ? playbookProblems['unknown-module'](at, key, advice)
    : playbookProblems['unknown-keyword'](at, key, where, advice);
  report(answer);
  return isModule ? 'module' : 'keyword';
}

/** Answers a keyword of Ansible. */
export function answerForeign(answer: string | undefined, key: string, where: string, at: YamlEntry['keyAt'], report: Report): void {
  if (answer !== undefined) report(playbookProblems['foreign-keyword'](at, key, where, answer));
}
