// A list of tasks as it was written: tasks, and blocks of them.
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { answerFrom, answerLoop, FOREIGN_TASK_KEYWORDS } from './foreign-keywords.ts';
import { FLAG, NAME, readKeyword, readTexts } from './keywords.ts';
import { readLoop } from './loop-source.ts';
import { playbookProblems } from '../messages/playbook.ts';
import { readDefaults } from './module-params.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { readRoleTask, ROLE_TASKS } from './role-task.ts';
import { readShared, SHARED_KEYWORDS } from './shared-keywords.ts';
import { answerForeign, isModule, TASK_KEYWORDS } from './task-module.ts';
import { fileNode, readTaskFile, readTaskFiles, type TaskFile } from './task-file.ts';
import { checkTexts } from '../check-texts.ts';
import type { Position } from '../../errors/problem.ts';
import { readTask } from './task-source.ts';
import { readVarsChoices } from './vars-choice.ts';
import type { BlockSource, IncludeSource, NodeSource } from '../types.ts';
import { get, getEntry, type YamlEntry, type YamlMap, type YamlNode, type YamlScalar } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** The parts of a block, in the order in which they run. */
const PARTS = ['block', 'rescue', 'always'] as const;

/** The keywords of a block, in the order of the docs. */
export const BLOCK_KEYWORDS = ['name', ...PARTS, 'rescue_unreachable', 'loop', 'loop_control', ...SHARED_KEYWORDS, 'listen'] as const;

/** What takes tasks over from a file. */
export const INCLUDES = ['import_tasks', 'include_tasks'] as const;

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
  if (node.kind !== 'map') return readTask(node, where, reading);
  const taken = firstOf(node, INCLUDES);
  if (taken !== undefined) return readInclude(node, taken, where, reading);
  const vars = getEntry(node, 'include_vars');
  const chosen = vars && namedByExpression(vars, reading);
  if (vars !== undefined && chosen !== undefined && where === 'task') return readVarsInclude(node, vars, chosen, reading);
  const role = firstOf(node, ROLE_TASKS);
  if (role !== undefined) {
    answerOthers(node, reading, ROLE_TASK_KEYWORDS, role.key);
    return readRoleTask(node, role, readNodes, reading);
  }
  const part = firstOf(node, PARTS);
  return part === undefined ? readTask(node, where, reading) : readBlock(node, part, where, reading);
}

/** The entry of the first of these keywords that a map has. */
function firstOf(node: YamlMap, keywords: readonly string[]): YamlEntry | undefined {
  return keywords.map(key => getEntry(node, key)).find(entry => entry !== undefined);
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
  const given = entry.value.kind === 'map' ? entry.value : undefined;
  for (const { key, keyAt } of given?.entries ?? [])
    if (key !== 'file' && (key !== 'apply' || isStatic))
      report(playbookProblems['unknown-keyword'](keyAt, key, `task with ${entry.key}`, didYouMean(key, ['file', 'apply'])));
  const applied = get(given, 'apply');
  const apply = applied?.kind === 'map' ? readShared(applied, 'apply', reading) : undefined;
  const defaults = readDefaults(node, reading, called => isModule(called, reading.modules));
  const tasksOf = (file: TaskFile): readonly NodeSource[] =>
    file.node === undefined
      ? []
      : readNodes({ key: file.shown, keyAt: entry.keyAt, value: file.node }, 'task', { ...file.reading, defaults });
  const named = isStatic ? undefined : namedByExpression(entry, reading);
  const taken = named === undefined ? fixedFile(entry, reading, tasksOf) : chosenFiles(named, node.at, reading, tasksOf);
  if (taken === undefined) return undefined;
  const { shown, tasks, choice } = taken;
  return Object.freeze({
    kind: 'block',
    name: name ?? `${entry.key} ${shown}`,
    at: node.at,
    tasks,
    rescue: [],
    always: [],
    listen: readTexts(node, 'listen', report),
    rescueUnreachable: false,
    ...(!isStatic && { include: { file: shown, ...(apply && { apply }), ...(choice && { choice }) } }),
    ...readLoop(node, report),
    ...readShared(node, name === undefined ? entry.key : `task "${name}"`, reading),
  });
}

/** What an include takes over. */
interface Taken {
  readonly shown: string;
  readonly tasks: readonly NodeSource[];
  readonly choice?: NonNullable<IncludeSource['choice']>;
}

function fixedFile(entry: YamlEntry, reading: PlaybookReading, tasksOf: (file: TaskFile) => readonly NodeSource[]): Taken | undefined {
  const file = readTaskFile(entry, reading);
  return file && { shown: file.shown, tasks: tasksOf(file) };
}

/** Each file that the name could mean is a block of its own. */
function chosenFiles(name: YamlScalar, at: Position, reading: PlaybookReading, tasksOf: (file: TaskFile) => readonly NodeSource[]): Taken {
  const files = [...readTaskFiles({ value: name.text, at: name.at }, reading)];
  return {
    shown: name.text,
    tasks: files.map(([is, file]) => pickOf(file.shown, at, { name, is }, tasksOf(file))),
    choice: { name, of: files.map(([is]) => is) },
  };
}

/** The variables of the file that an expression comes to. */
function readVarsInclude(node: YamlMap, entry: YamlEntry, name: YamlScalar, reading: PlaybookReading): BlockSource {
  const { report } = reading;
  const called = readKeyword(node, 'name', NAME, report) ?? entry.key;
  const choices = readVarsChoices(node, entry, name, reading);
  return Object.freeze({
    kind: 'block',
    name: called,
    at: node.at,
    tasks: choices.map(({ is, shown, task }) => pickOf(shown, node.at, { name, is }, [task])),
    rescue: [],
    always: [],
    listen: [],
    rescueUnreachable: false,
    include: { file: name.text, choice: { name, of: choices.map(({ is }) => is) } },
    ...readLoop(node, report),
    ...readShared(node, `task "${called}"`, reading),
  });
}

/** The name of a file where an expression is in it. */
function namedByExpression({ value }: YamlEntry, { report }: PlaybookReading): YamlScalar | undefined {
  const named = fileNode(value);
  if (named?.kind !== 'scalar' || typeof named.value !== 'string' || !named.value.includes('{{')) return undefined;
  checkTexts(named, report);
  return named;
}

/** What is for hosts for which the name comes to one file. */
function pickOf(name: string, at: Position, pick: NonNullable<BlockSource['pick']>, tasks: readonly NodeSource[]): BlockSource {
  const nothing = { when: [], vars: {}, tags: [], listen: [] };
  return Object.freeze({ kind: 'block', name, at, tasks, rescue: [], always: [], rescueUnreachable: false, pick, ...nothing });
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
