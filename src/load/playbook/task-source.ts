// One task or handler as it was written.
import { describeValue } from '../../schema/describe.ts';
import { FLAG, NAME, readKeyword, readTexts, TEXTS_BY_NAME, VARIABLE_NAME } from './keywords.ts';
import { readLoop } from './loop-source.ts';
import { playbookProblems } from '../messages/playbook.ts';
import { readDefaults, readParams } from './module-params.ts';
import { variablesToSet } from './include-vars.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { hostToAdd } from './host-to-add.ts';
import type { Report } from '../report.ts';
import { readJudge } from './result-keywords.ts';
import { readShared } from './shared-keywords.ts';
import { findModule, isModule } from './task-module.ts';
import type { TaskSource } from '../types.ts';
import { get, getEntry, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

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
    ...readJudge(node, report),
    listen: readTexts(node, 'listen', report),
    ...readLoop(node, report),
  };
  const defaults = readDefaults(node, reading, called => isModule(called, reading.modules));
  if (where === 'handler' && module?.key === 'meta') report(playbookProblems['meta-handler'](module.keyAt));
  const written = module && readParams(node, module, { ...reading, defaults });
  if (module) checkForReal(module, node, report);
  if (module?.key === 'meta' && written !== 'wrong') checkEnd(written, reading);
  if (module === undefined || written === 'wrong') return undefined;
  const isIncluded = module.key === 'include_vars';
  const params = isIncluded
    ? variablesToSet(asMap(written, module), reading)
    : module.key === 'add_host'
      ? hostToAdd(asMap(written, module), reading)
      : written;
  if (isIncluded && params === undefined) return undefined;
  return Object.freeze({
    kind: 'task',
    name: called,
    at: node.at,
    module: isIncluded ? 'set' : module.key,
    moduleAt: module.keyAt,
    params,
    ...rest,
  });
}

/** What ends a role stands in one. */
function checkEnd(params: YamlNode | undefined, { report, roles, inHandlers }: PlaybookReading): void {
  const action = get(params, 'action');
  if (action === undefined || toValue(action) !== 'end_role') return;
  if (inHandlers === true) report(playbookProblems['end-role'](action.at, 'a handler'));
  else if (roles.length === 0) report(playbookProblems['end-role'](action.at, 'a task that is in no role'));
}

function asMap(params: YamlNode | undefined, { keyAt }: YamlEntry): YamlMap {
  return params?.kind === 'map' ? params : { kind: 'map', entries: [], at: keyAt };
}

function readOwn(node: YamlMap, report: Report): Pick<TaskSource, 'provides' | 'register' | 'unsafePath'> {
  const register = readKeyword(node, 'register', VARIABLE_NAME, report);
  return {
    unsafePath: readKeyword(node, 'unsafe_path', FLAG, report) ?? false,
    provides: readKeyword(node, 'provides', TEXTS_BY_NAME, report) ?? {},
    ...(register === undefined ? {} : { register: { value: register, at: get(node, 'register')?.at ?? node.at } }),
  };
}

/** Modules that only look, whatever their parameters. */
const LOOKING: ReadonlySet<string> = new Set([
  'file.stat',
  'file.read',
  'fail',
  'pause',
  'meta',
  'add_host',
  'group_by',
  'include_vars',
  'debug',
  'assert',
  'set',
  'wait.port',
  'wait.until',
]);

/** `check_mode: false` asks for a task to run for real in a dry run: one that only looks does so anyway. */
function checkForReal({ key }: YamlEntry, node: YamlMap, report: Report): void {
  const entry = getEntry(node, 'check_mode');
  if (entry === undefined || readKeyword(node, 'check_mode', FLAG, () => undefined) !== false || LOOKING.has(key)) return;
  const text = key === 'command' ? 'remove check_mode, and say with check: what the command would print' : 'remove check_mode';
  report(playbookProblems['checked-for-real'](entry.keyAt, key, text));
}
