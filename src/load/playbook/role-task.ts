// `import_role` and `include_role`: the tasks of a role where a task calls it.
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { FLAG, NAME, readKeyword } from './keywords.ts';
import { readLoop } from './loop-source.ts';
import { playbookProblems } from '../messages/playbook.ts';
import { roleProblems } from '../messages/role.ts';
import { readDefaults } from './module-params.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { readCall } from './role-call.ts';
import { readShared } from './shared-keywords.ts';
import { isModule } from './task-module.ts';
import type { BlockSource, RoleUse, SharedSource } from '../types.ts';
import type { FromFiles, ReadNodes } from '../roles/written-role.ts';
import { get, getEntry, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** What calls a role. */
export const ROLE_TASKS = ['import_role', 'include_role'] as const;

const FROM = ['tasks_from', 'handlers_from', 'defaults_from', 'vars_from'] as const;
const PARAMETERS = ['name', 'role', ...FROM, 'apply', 'public', 'allow_duplicates'] as const;

/** What import_role says is said of each task of the role, what include_role says of its coming in. */
export function readRoleTask(node: YamlMap, entry: YamlEntry, readNodes: ReadNodes, reading: PlaybookReading): BlockSource | undefined {
  const { report } = reading;
  const isStatic = entry.key === 'import_role';
  const name = readKeyword(node, 'name', NAME, report);
  const loop = getEntry(node, 'loop');
  if (reading.inHandlers === true) report(roleProblems['in-handlers'](entry.keyAt, entry.key));
  if (isStatic && loop !== undefined) report(playbookProblems['import-loop'](loop.keyAt, 'import_role', 'include_role'));
  const given = parametersOf(entry, isStatic, reading);
  const use = given && useOf(given, entry, reading);
  const shared = readShared(node, name === undefined ? entry.key : `task "${name}"`, reading);
  const looping = readLoop(node, report);
  if (given === undefined || use === undefined || reading.inHandlers === true) return undefined;
  const applied = get(given, 'apply');
  const own: SharedSource = !isStatic && applied?.kind === 'map' ? readShared(applied, 'apply', reading) : NOTHING;
  const within = { ...reading, defaults: readDefaults(node, reading, called => isModule(called, reading.modules)) };
  const choices = {
    isTask: true,
    isPublic: readKeyword(given, 'public', FLAG, report) ?? false,
    // As Ansible has it: a task means what it says.
    repeats: readKeyword(given, 'allow_duplicates', FLAG, report) ?? true,
    from: filesNamed(given, reading),
  };
  const role = readCall({ ...own, ...use, vars: { ...own.vars, ...shared.vars } }, choices, readNodes, within);
  if (role === undefined) return undefined;
  return Object.freeze({
    kind: 'block',
    name: name ?? `${entry.key} : ${use.name}`,
    at: node.at,
    tasks: [],
    rescue: [],
    always: [],
    listen: [],
    rescueUnreachable: false,
    role,
    ...(!isStatic && { include: { file: use.name } }),
    ...looping,
    ...shared,
  });
}

const NOTHING: SharedSource = { when: [], tags: [], vars: {} };

function parametersOf({ key, keyAt, value }: YamlEntry, isStatic: boolean, { report }: PlaybookReading): YamlMap | undefined {
  if (value.kind !== 'map') {
    report(playbookProblems['not-a-map'](value.at, `"${key}"`, describeValue(toValue(value)), `${key}: {name: NAME}`));
    return undefined;
  }
  for (const { key: parameter, keyAt: at } of value.entries) {
    if (parameter === 'rolespec_validate') report(roleProblems['rolespec'](at));
    else if (!PARAMETERS.some(known => known === parameter) || (isStatic && parameter === 'apply'))
      report(playbookProblems['unknown-keyword'](at, parameter, `task with ${key}`, didYouMean(parameter, PARAMETERS)));
  }
  if (!getEntry(value, 'name') && !getEntry(value, 'role')) {
    report(roleProblems['no-name'](keyAt, key));
    return undefined;
  }
  return value;
}

function useOf(given: YamlMap, { key }: YamlEntry, { report }: PlaybookReading): Pick<RoleUse, 'name' | 'at'> | undefined {
  const node: YamlNode | undefined = get(given, 'name') ?? get(given, 'role');
  const name = readKeyword(given, 'name', NAME, report) ?? readKeyword(given, 'role', NAME, report);
  if (name === undefined || node === undefined) return undefined;
  if (!name.includes('{{')) return { name, at: node.at };
  report(roleProblems['name-template'](node.at, key));
  return undefined;
}

function filesNamed(given: YamlMap, { report }: PlaybookReading): FromFiles {
  const named = FROM.flatMap(key => {
    const name = readKeyword(given, key, NAME, report);
    const at = get(given, key)?.at ?? given.at;
    if (name?.includes('{{') === true)
      report(playbookProblems['file-template'](at, key, 'write its name out, once for each file, and when: at each'));
    return name === undefined || name.includes('{{') ? [] : [[key.replace('_from', ''), { name, at, key }] as const];
  });
  return Object.fromEntries(named);
}
