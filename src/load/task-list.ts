// A list of tasks as it was written: tasks, and blocks of them.
import { describeValue } from '../schema/describe.ts';
import { didYouMean } from '../util/nearest.ts';
import { answerFrom, answerLoop, FOREIGN_TASK_KEYWORDS } from './foreign-keywords.ts';
import { FLAG, NAME, readKeyword, readTexts } from './keywords.ts';
import { readLoop } from './loop-source.ts';
import { playbookProblems } from './messages/playbook.ts';
import { readDefaults } from './module-params.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { readRoleTask, ROLE_TASKS } from './role-task.ts';
import { readShared, SHARED_KEYWORDS } from './shared-keywords.ts';
import { answerForeign, isModule, TASK_KEYWORDS } from './task-module.ts';
import { readTaskFile } from './task-file.ts';
import { readTask } from './task-source.ts';
import type { BlockSource, NodeSource } from './types.ts';
import { get, getEntry, type YamlEntry, type YamlMap, type YamlNode } from './yaml/node.ts';
import { toValue } from './yaml/to-value.ts';

/** The parts of a block, in the order in which they run. */
const PARTS = ['block', 'rescue', 'always'] as const;

/** The keywords of a block, in the order of the docs. */
export const BLOCK_KEYWORDS = ['name', ...PARTS, 'rescue_unreachable', 'loop', 'loop_control', ...SHARED_KEYWORDS, 'listen'] as const;

/** What takes tasks over from a file. */
const INCLUDES = ['import_tasks', 'include_tasks'] as const;

const INCLUDE_KEYWORDS = ['name', ...INCLUDES, 'loop', 'loop_control', ...SHARED_KEYWORDS, 'listen'] as const;

const ROLE_TASK_KEYWORDS = ['name', ...ROLE_TASKS, 'loop', 'loop_control', ...SHARED_KEYWORDS] as const;

/** Keywords that stand where a module stands, and bring tasks from elsewhere. */
export const CALLING_KEYWORDS = [...INCLUDES, ...ROLE_TASKS] as const;

type Where = 'task' | 'handler';

/** Reads the list under a key; nothing at all is an empty list. */
export function readTasks(parent: YamlMap, key: string, reading: PlaybookReading): readonly NodeSource[] {
  if (key !== 'handlers') return readNodes(getEntry(parent, key), 'task', reading);
  return readNodes(getEntry(parent, key), 'handler', { ...reading, inHandlers: true });
}

/** Reads the list of an entry; nothing at all is an empty list. */
export function readNodes(entry: YamlEntry | undefined, where: Where, reading: PlaybookReading): readonly NodeSource[] {
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null)) return [];
  if (entry.value.kind === 'list') return entry.value.items.flatMap(item => readNode(item, where, reading) ?? []);
  const { at } = entry.value;
  reading.report(playbookProblems['not-a-list'](at, `"${entry.key}"`, describeValue(toValue(entry.value)), 'one "- " for each task'));
  return [];
}

function readNode(node: YamlNode, where: Where, reading: PlaybookReading): NodeSource | undefined {
  const taken = node.kind === 'map' ? INCLUDES.map(key => getEntry(node, key)).find(entry => entry !== undefined) : undefined;
  if (taken !== undefined && node.kind === 'map') return readInclude(node, taken, where, reading);
  const role = node.kind === 'map' ? ROLE_TASKS.map(key => getEntry(node, key)).find(entry => entry !== undefined) : undefined;
  if (role !== undefined && node.kind === 'map') {
    answerOthers(node, reading, ROLE_TASK_KEYWORDS, role.key);
    return readRoleTask(node, role, readNodes, reading);
  }
  const part = node.kind === 'map' ? PARTS.map(key => getEntry(node, key)).find(entry => entry !== undefined) : undefined;
  return part === undefined || node.kind !== 'map' ? readTask(node, where, reading) : readBlock(node, part, where, reading);
}

function readBlock(node: YamlMap, part: YamlEntry, where: Where, reading: PlaybookReading): BlockSource {
  const { report } = reading;
  answerOthers(node, reading);
  const name = readKeyword(node, 'name', NAME, report);
  if (where === 'handler' && getEntry(node, 'name') === undefined) report(playbookProblems['name-needed'](node.at));
  if (part.key !== 'block') report(playbookProblems['no-block'](part.keyAt, part.key));
  const called = name ?? 'block';
  // What stands in a handler has its turn when the handler has: it is not notified by itself and needs no name.
  const within = { ...reading, defaults: readDefaults(node, reading, name => isModule(name, reading.modules)) };
  const tasks = (key: string): readonly NodeSource[] => readNodes(getEntry(node, key), 'task', within);
  return Object.freeze({
    kind: 'block',
    name: called,
    at: node.at,
    tasks: tasks('block'),
    rescue: tasks('rescue'),
    always: tasks('always'),
    listen: readTexts(node, 'listen', report),
    rescueUnreachable: readKeyword(node, 'rescue_unreachable', FLAG, report) ?? false,
    ...readLoop(node, report),
    ...readShared(node, name === undefined ? `block at line ${node.at.line}` : `block "${name}"`, reading),
  });
}

/** The tasks of a file: what import_tasks says is said of each of them, what include_tasks says of their coming in. */
function readInclude(node: YamlMap, entry: YamlEntry, where: Where, reading: PlaybookReading): BlockSource | undefined {
  const { report } = reading;
  answerOthers(node, reading, INCLUDE_KEYWORDS, entry.key);
  const isStatic = entry.key === 'import_tasks';
  const name = readKeyword(node, 'name', NAME, report);
  if (where === 'handler' && name === undefined) report(playbookProblems['name-needed'](node.at));
  if (where === 'handler' && isStatic) report(playbookProblems['import-handler'](entry.keyAt));
  const loop = getEntry(node, 'loop');
  if (isStatic && loop !== undefined) report(playbookProblems['import-loop'](loop.keyAt, 'import_tasks', 'include_tasks'));
  const file = readTaskFile(entry, reading);
  if (file === undefined) return undefined;
  const given = entry.value.kind === 'map' ? entry.value : undefined;
  for (const { key, keyAt } of given?.entries ?? [])
    if (key !== 'file' && (key !== 'apply' || isStatic))
      report(playbookProblems['unknown-keyword'](keyAt, key, `task with ${entry.key}`, didYouMean(key, ['file', 'apply'])));
  const applied = get(given, 'apply');
  const apply = applied?.kind === 'map' ? readShared(applied, 'apply', reading) : undefined;
  const within = { ...file.reading, defaults: readDefaults(node, reading, called => isModule(called, reading.modules)) };
  const tasks = file.node === undefined ? [] : readNodes({ key: file.shown, keyAt: entry.keyAt, value: file.node }, 'task', within);
  return Object.freeze({
    kind: 'block',
    name: name ?? `${entry.key} ${file.shown}`,
    at: node.at,
    tasks,
    rescue: [],
    always: [],
    listen: readTexts(node, 'listen', report),
    rescueUnreachable: false,
    ...(!isStatic && { include: { file: file.shown, ...(apply && { apply }) } }),
    ...readLoop(node, report),
    ...readShared(node, name === undefined ? entry.key : `task "${name}"`, reading),
  });
}

function answerOthers(node: YamlMap, { report }: PlaybookReading, keywords: readonly string[] = BLOCK_KEYWORDS, noun = 'block'): void {
  for (const { key, keyAt } of node.entries) {
    if (keywords.some(keyword => keyword === key)) continue;
    const foreign = answerFrom(FOREIGN_TASK_KEYWORDS, key) ?? answerLoop(key);
    if (foreign) answerForeign(foreign, key, noun, keyAt, report);
    else if (TASK_KEYWORDS.some(keyword => keyword === key))
      report(playbookProblems['task-keyword'](keyAt, key, noun === 'block' ? 'a block' : noun));
    else report(playbookProblems['unknown-keyword'](keyAt, key, noun, didYouMean(key, keywords)));
  }
}
