// One play as it was written: its keywords, each read on its own, and an answer to every other key.
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { distinctHandlers } from './distinct-handlers.ts';
import { answerFrom, FOREIGN_PLAY_KEYWORDS } from './foreign-keywords.ts';
import { FLAG, NAME, ORDER, PERCENTAGE, readKeyword, readTexts, STRATEGY } from './keywords.ts';
import { readPlayLogin } from './login-keywords.ts';
import { playbookProblems } from '../messages/playbook.ts';
import { readPrompts } from './prompts.ts';
import type { Report } from '../report.ts';
import { PLAIN_CALL, readCall } from './role-call.ts';
import { readRoleUses } from './role-use.ts';
import { readShared, SHARED_KEYWORDS } from './shared-keywords.ts';
import { answerForeign, isModule } from './task-module.ts';
import { readNodes, readTasks } from './task-list.ts';
import { readDefaults } from './module-params.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import type { Located, PlaySource } from '../types.ts';
import { readVarsFiles } from './vars-files.ts';
import { get, getEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** A play has no condition, and notifies nobody. */
const PLAY_SHARED = SHARED_KEYWORDS.filter(keyword => keyword !== 'when' && keyword !== 'notify');

/** The keywords of a play, in the order of the docs. */
export const PLAY_KEYWORDS = [
  'name',
  'hosts',
  'gather_facts',
  ...PLAY_SHARED,
  'port',
  'remote_user',
  'vars_files',
  'vars_prompt',
  'serial',
  'strategy',
  'order',
  'max_fail_percentage',
  'force_handlers',
  'pre_tasks',
  'roles',
  'tasks',
  'post_tasks',
  'handlers',
] as const;

/** Reads a play; undefined when it is none, or names no hosts. */
export function readPlay(node: YamlNode, outer: PlaybookReading): PlaySource | undefined {
  const { report } = outer;
  if (node.kind !== 'map') {
    report(playbookProblems['not-a-map'](node.at, 'a play', describeValue(toValue(node)), '"- hosts: all" and the tasks below it'));
    return undefined;
  }
  answerOthers(node, report);
  const hosts = readHosts(node, report);
  const called = readKeyword(node, 'name', NAME, report) ?? hosts?.value ?? 'play';
  const reading = { ...outer, defaults: readDefaults(node, outer, name => isModule(name, outer.modules)) };
  const rest = {
    ...readShared(node, `play "${called}"`, outer, 'play'),
    ...readPlayLogin(node, report),
    prompts: readPrompts(node, report),
    varsFiles: readVarsFiles(node, outer),
    serial: readSerial(get(node, 'serial'), report),
    ...readCourse(node, report),
    directory: outer.directory,
    preTasks: readTasks(node, 'pre_tasks', reading),
    roles: readRoleUses(node, reading).flatMap(use => readCall(use, PLAIN_CALL, readNodes, reading) ?? []),
    tasks: readTasks(node, 'tasks', reading),
    postTasks: readTasks(node, 'post_tasks', reading),
    handlers: distinctHandlers(readTasks(node, 'handlers', reading), report),
  };
  return hosts && Object.freeze({ name: called, at: node.at, hosts, ...rest });
}

/** How hosts go through the play. */
function readCourse(node: YamlMap, report: Report): Pick<PlaySource, 'strategy' | 'order' | 'maxFailPercentage' | 'forceHandlers'> {
  const maxFailPercentage = readKeyword(node, 'max_fail_percentage', PERCENTAGE, report);
  const forceHandlers = readKeyword(node, 'force_handlers', FLAG, report);
  return {
    strategy: readKeyword(node, 'strategy', STRATEGY, report) ?? 'linear',
    order: readKeyword(node, 'order', ORDER, report) ?? 'inventory',
    ...(maxFailPercentage !== undefined && { maxFailPercentage }),
    ...(forceHandlers !== undefined && { forceHandlers }),
  };
}

function answerOthers(node: YamlMap, report: Report): void {
  for (const { key, keyAt } of node.entries) {
    if (PLAY_KEYWORDS.some(keyword => keyword === key)) continue;
    const foreign = answerFrom(FOREIGN_PLAY_KEYWORDS, key);
    if (foreign) answerForeign(foreign, key, 'play', keyAt, report);
    else report(playbookProblems['unknown-keyword'](keyAt, key, 'play', didYouMean(key, PLAY_KEYWORDS)));
  }
  if (readKeyword(node, 'gather_facts', FLAG, report)) {
    report(playbookProblems['fact-gathering'](get(node, 'gather_facts')?.at ?? node.at));
  }
}

/** The pattern; a list of patterns is their union. */
function readHosts(node: YamlMap, report: Report): Located<string> | undefined {
  const entry = getEntry(node, 'hosts');
  if (entry === undefined) report(playbookProblems['no-hosts'](node.at));
  const texts = readTexts(node, 'hosts', report);
  const [first] = texts;
  if (first === undefined) return undefined;
  const template = texts.find(({ value }) => value.includes('{{'));
  if (template) report(playbookProblems['hosts-template'](template.at));
  return template ? undefined : Object.freeze({ value: texts.map(({ value }) => value).join(','), at: first.at });
}

function readSerial(node: YamlNode | undefined, report: Report): readonly (number | `${number}%`)[] {
  if (node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return Object.freeze(
    items.flatMap((item): readonly (number | `${number}%`)[] => {
      const value = toValue(item);
      if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return [value];
      if (isPercentage(value)) return [value];
      report(playbookProblems.serial(item.at, describeValue(value)));
      return [];
    }),
  );
}

function isPercentage(value: unknown): value is `${number}%` {
  return typeof value === 'string' && /^([1-9]\d?|100)%$/.test(value);
}
