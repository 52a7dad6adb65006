// One task or handler as it was written.
import { describeValue } from '../schema/describe.ts';
import { fromShortForm, isCommand, splitCommands } from './command-params.ts';
import { FLAG, NAME, readKeyword, TEXTS_BY_NAME, VARIABLE_NAME } from './keywords.ts';
import { readLoop } from './loop-source.ts';
import { playbookProblems } from './messages/playbook.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import type { Report } from './report.ts';
import { readShared } from './shared-keywords.ts';
import { findModule } from './task-module.ts';
import type { TaskSource } from './types.ts';
import { get, getEntry, type YamlEntry, type YamlMap, type YamlNode } from './yaml/node.ts';
import { toValue } from './yaml/to-value.ts';

/** Reads a task; undefined when its module or parameters are not there to speak of. */
export function readTask(node: YamlNode, where: 'task' | 'handler', reading: PlaybookReading): TaskSource | undefined {
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
    ...readShared(node, `${where} "${called}"`, reading),
    ...readOwn(node, report),
    ...readLoop(node, report),
  };
  const params = module && readParams(module, report);
  if (module === undefined || params === 'wrong') return undefined;
  return Object.freeze({ kind: 'task', name: called, at: node.at, module: module.key, moduleAt: module.keyAt, params, ...rest });
}

function readOwn(node: YamlMap, report: Report): Pick<TaskSource, 'provides' | 'register' | 'unsafePath'> {
  const register = readKeyword(node, 'register', VARIABLE_NAME, report);
  return {
    unsafePath: readKeyword(node, 'unsafe_path', FLAG, report) ?? false,
    provides: readKeyword(node, 'provides', TEXTS_BY_NAME, report) ?? {},
    ...(register === undefined ? {} : { register: { value: register, at: get(node, 'register')?.at ?? node.at } }),
  };
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
