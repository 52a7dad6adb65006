// A list of tasks as it was written: tasks, and blocks of them.
import { describeValue } from '../schema/describe.ts';
import { didYouMean } from '../util/nearest.ts';
import { answerFrom, answerLoop, FOREIGN_TASK_KEYWORDS } from './foreign-keywords.ts';
import { FLAG, NAME, readKeyword, readTexts } from './keywords.ts';
import { readLoop } from './loop-source.ts';
import { playbookProblems } from './messages/playbook.ts';
import { readDefaults } from './module-params.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { readShared, SHARED_KEYWORDS } from './shared-keywords.ts';
import { answerForeign, isModule, TASK_KEYWORDS } from './task-module.ts';
import { readTask } from './task-source.ts';
import type { BlockSource, NodeSource } from './types.ts';
import { getEntry, type YamlEntry, type YamlMap, type YamlNode } from './yaml/node.ts';
import { toValue } from './yaml/to-value.ts';

/** The parts of a block, in the order in which they run. */
const PARTS = ['block', 'rescue', 'always'] as const;

/** The keywords of a block, in the order of the docs. */
export const BLOCK_KEYWORDS = ['name', ...PARTS, 'rescue_unreachable', 'loop', 'loop_control', ...SHARED_KEYWORDS, 'listen'] as const;

type Where = 'task' | 'handler';

/** Reads the list under a key; nothing at all is an empty list. */
export function readTasks(parent: YamlMap, key: string, reading: PlaybookReading): readonly NodeSource[] {
  return readList(getEntry(parent, key), key === 'handlers' ? 'handler' : 'task', reading);
}

function readList(entry: YamlEntry | undefined, where: Where, reading: PlaybookReading): readonly NodeSource[] {
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null)) return [];
  if (entry.value.kind === 'list') return entry.value.items.flatMap(item => readNode(item, where, reading) ?? []);
  const { at } = entry.value;
  reading.report(playbookProblems['not-a-list'](at, `"${entry.key}"`, describeValue(toValue(entry.value)), 'one "- " for each task'));
  return [];
}

function readNode(node: YamlNode, where: Where, reading: PlaybookReading): NodeSource | undefined {
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
  const tasks = (key: string): readonly NodeSource[] => readList(getEntry(node, key), 'task', within);
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

function answerOthers(node: YamlMap, { report }: PlaybookReading): void {
  for (const { key, keyAt } of node.entries) {
    if (BLOCK_KEYWORDS.some(keyword => keyword === key)) continue;
    const foreign = answerFrom(FOREIGN_TASK_KEYWORDS, key) ?? answerLoop(key);
    if (foreign) answerForeign(foreign, key, 'block', keyAt, report);
    else if (TASK_KEYWORDS.some(keyword => keyword === key)) report(playbookProblems['task-keyword'](keyAt, key));
    else report(playbookProblems['unknown-keyword'](keyAt, key, 'block', didYouMean(key, BLOCK_KEYWORDS)));
  }
}
