// One task or handler as it was written.
import { describeValue } from '../schema/describe.ts';
import { readBecomeMethod } from './become-method.ts';
import { checkTexts } from './check-texts.ts';
import { fromShortForm, isCommand, splitCommands } from './command-params.ts';
import { COUNT, FLAG, NAME, readConditions, readKeyword, readTags, readTexts, TEXTS_BY_NAME, VARIABLE_NAME } from './keywords.ts';
import { playbookProblems } from './messages/playbook.ts';
import type { Report } from './report.ts';
import { findModule, type ModuleNames } from './task-module.ts';
import type { TaskSource } from './types.ts';
import { readVariables } from './variables.ts';
import { get, getEntry, type YamlEntry, type YamlMap, type YamlNode } from './yaml/node.ts';
import { toValue } from './yaml/to-value.ts';

/** What reading a playbook needs to know, and whom it tells. */
export interface PlaybookReading {
  readonly report: Report;
  readonly note: Report;
  /** Modules beside the shipped ones. */
  readonly modules: ModuleNames;
}

/** Reads a list of tasks; nothing at all is an empty list. */
export function readTasks(play: YamlMap, key: string, reading: PlaybookReading): readonly TaskSource[] {
  const entry = getEntry(play, key);
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null)) return [];
  if (entry.value.kind === 'list')
    return entry.value.items.flatMap(item => readTask(item, key === 'handlers' ? 'handler' : 'task', reading) ?? []);
  reading.report(playbookProblems['not-a-list'](entry.value.at, `"${key}"`, describeValue(toValue(entry.value)), 'one "- " for each task'));
  return [];
}

/** Reads a task; undefined when its module or parameters are not there to speak of. */
function readTask(node: YamlNode, where: 'task' | 'handler', reading: PlaybookReading): TaskSource | undefined {
  const { report } = reading;
  if (node.kind !== 'map') {
    report(
      playbookProblems['not-a-map'](
        node.at,
        `a ${where}`,
        describeValue(toValue(node)),
        'the module and its parameters: "- debug: {msg: hello}"',
      ),
    );
    return undefined;
  }
  const name = readKeyword(node, 'name', NAME, report);
  if (where === 'handler' && getEntry(node, 'name') === undefined) report(playbookProblems['name-needed'](node.at));
  const module = findModule(node, where, reading.modules, report);
  const called = name ?? module?.key ?? where;
  const rest = {
    ...readKeywords(node, report),
    ...readLoop(node, report),
    vars: readVariables(get(node, 'vars'), { ...reading, source: `${where} "${called}"`, what: '"vars"' }),
  };
  const params = module && readParams(module, report);
  if (module === undefined || params === 'wrong') return undefined;
  return Object.freeze({ name: called, at: node.at, module: module.key, moduleAt: module.keyAt, params, ...rest });
}

function readKeywords(node: YamlMap, report: Report): Omit<TaskSource, 'name' | 'at' | 'module' | 'moduleAt' | 'params' | 'loop' | 'vars'> {
  const become = readKeyword(node, 'become', FLAG, report);
  const becomeUser = readKeyword(node, 'become_user', NAME, report);
  const register = readKeyword(node, 'register', VARIABLE_NAME, report);
  const throttle = readKeyword(node, 'throttle', COUNT, report);
  return {
    when: readConditions(node, 'when', report),
    notify: readTexts(node, 'notify', report),
    tags: readTags(node, report),
    ignoreErrors: readKeyword(node, 'ignore_errors', FLAG, report) ?? false,
    runOnce: readKeyword(node, 'run_once', FLAG, report) ?? false,
    provides: readKeyword(node, 'provides', TEXTS_BY_NAME, report) ?? {},
    ...(become === undefined ? {} : { become }),
    ...(becomeUser === undefined ? {} : { becomeUser }),
    ...readBecomeMethod(node, report),
    ...(register === undefined ? {} : { register: { value: register, at: get(node, 'register')?.at ?? node.at } }),
    ...(throttle === undefined ? {} : { throttle }),
  };
}

function readLoop(node: YamlMap, report: Report): Pick<TaskSource, 'loop'> {
  const loop = get(node, 'loop');
  if (loop === undefined) return {};
  const isExpression = loop.kind === 'scalar' && typeof loop.value === 'string' && loop.value.includes('{{');
  if (loop.kind !== 'list' && !isExpression) {
    report(playbookProblems.loop(loop.at, describeValue(toValue(loop))));
    return {};
  }
  checkTexts(loop, report);
  return { loop };
}

/** The parameters; undefined when there are none. What is wrong with them as a whole is reported. */
function readParams({ key, keyAt, value }: YamlEntry, report: Report): YamlNode | undefined | 'wrong' {
  const params = fromShortForm(key, value);
  const isNothing = params.kind === 'scalar' && params.value === null;
  const map: YamlMap | undefined = isNothing ? { kind: 'map', entries: [], at: keyAt } : params.kind === 'map' ? params : undefined;
  if (map && isCommand(key)) return splitCommands(key, map, report) ?? 'wrong';
  if (map) return isNothing ? undefined : map;
  report(playbookProblems.parameters(params.at, key, describeValue(toValue(params))));
  return 'wrong';
}
