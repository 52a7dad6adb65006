// Where a play names a role: its name, parameters, tags and conditions.
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { answerFrom, FOREIGN_TASK_KEYWORDS } from './foreign-keywords.ts';
import { NAME, readKeyword } from './keywords.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { Report } from '../report.ts';
import { RESULT_KEYWORDS } from './result-keywords.ts';
import { readShared, SHARED_KEYWORDS } from './shared-keywords.ts';
import { answerForeign } from './task-module.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import type { RoleUse, VariableSources } from '../types.ts';
import { readVariables } from '../variables/variables.ts';
import { get, getEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

const ROLE_KEYWORDS: readonly string[] = ['role', 'name', ...SHARED_KEYWORDS];

/** The roles of a play; every key that is no keyword is a parameter of the role. */
export function readRoleUses(play: YamlMap, reading: PlaybookReading): readonly RoleUse[] {
  const entry = getEntry(play, 'roles');
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null)) return [];
  if (entry.value.kind === 'list') return Object.freeze(entry.value.items.flatMap(item => readRoleUse(item, reading) ?? []));
  reading.report(playbookProblems['not-a-list'](entry.value.at, '"roles"', describeValue(toValue(entry.value)), 'one "- " for each role'));
  return [];
}

/** The roles that plays name, as far as they can be read: they are loaded before tasks are looked at. */
export function rolesNamed(plays: readonly YamlNode[]): readonly RoleUse[] {
  const silent: PlaybookReading = {
    report: () => undefined,
    note: () => undefined,
    modules: new Set(),
    directory: '',
    files: [],
    cwd: '',
    defaults: new Map(),
    roleOf: () => undefined,
    roles: [],
  };
  return plays.flatMap(play => (play.kind === 'map' ? readRoleUses(play, silent) : []));
}

/** One role where it is named; undefined where no name can be read, which is reported. */
export function readRoleUse(node: YamlNode, reading: PlaybookReading): RoleUse | undefined {
  const { report } = reading;
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    return Object.freeze({ name: node.value, at: node.at, vars: {}, tags: [], when: [] });
  }
  if (node.kind !== 'map') {
    report(playbookProblems['not-a-map'](node.at, 'a role', describeValue(toValue(node)), '- role: NAME'));
    return undefined;
  }
  const name = readKeyword(node, 'role', NAME, report) ?? readKeyword(node, 'name', NAME, report);
  if (name === undefined) {
    if (!getEntry(node, 'role') && !getEntry(node, 'name')) report(playbookProblems['role-name'](node.at));
    return undefined;
  }
  const at = (get(node, 'role') ?? get(node, 'name'))?.at ?? node.at;
  const shared = readShared(node, `parameter of role ${name}`, reading);
  return Object.freeze({ ...shared, name, at, vars: readParameters(node, name, shared.vars, reading) });
}

function readParameters(node: YamlMap, role: string, vars: VariableSources, reading: PlaybookReading): VariableSources {
  const source = `parameter of role ${role}`;
  const given = node.entries.filter(entry => !ROLE_KEYWORDS.includes(entry.key) && !isForeign(entry.key, entry.keyAt, reading.report));
  const beside = readVariables({ ...node, entries: given }, { ...reading, source, what: `the parameters of role ${role}` });
  return Object.freeze({ ...vars, ...beside });
}

function isForeign(key: string, at: YamlNode['at'], report: Report): boolean {
  const near = didYouMean(key, ROLE_KEYWORDS);
  const isKeyword = ['register', 'loop', 'loop_control', 'args', 'listen', ...RESULT_KEYWORDS].includes(key);
  const foreign = answerFrom(FOREIGN_TASK_KEYWORDS, key) ?? (isKeyword ? 'write it at the tasks of the role' : undefined);
  if (foreign) answerForeign(foreign, key, 'role', at, report);
  else if (near !== undefined) report(playbookProblems['unknown-keyword'](at, key, 'role', near));
  return foreign !== undefined || near !== undefined;
}
