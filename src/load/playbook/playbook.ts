// A playbook file as its plays.
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeValue } from '../../schema/describe.ts';
import { withImports, type PlayNode } from './import-playbook.ts';
import { playbookProblems } from '../messages/playbook.ts';
import { readPlay } from './play-source.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import type { PlaybookSource, PlaySource } from '../types.ts';
import { now } from '../../util/now.ts';
import type { YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** Milliseconds of reading before anything else has a turn. */
const STRETCH = 100;

/** Where a playbook is. */
export interface PlaybookFile {
  /** Absolute. */
  readonly path: string;
  /** As problems name it. */
  readonly shown: string;
}

/** Reads the plays of a parsed file, and of those that it takes over. Parameters of tasks are checked afterwards, when their modules are loaded. */
export async function readPlaybook(
  file: PlaybookFile,
  node: YamlNode | undefined,
  plays: readonly PlayNode[],
  reading: PlaybookReading,
): Promise<PlaybookSource> {
  const base = { file: file.shown, directory: dirname(file.path) };
  if (node === undefined || (node.kind === 'list' && node.items.length === 0)) {
    reading.report(playbookProblems.empty(file.shown));
    return Object.freeze({ ...base, plays: [] });
  }
  if (node.kind !== 'list') {
    reading.report(
      playbookProblems['not-a-list'](node.at, 'a playbook', describeValue(toValue(node)), '"- hosts: all" and the tasks below it'),
    );
    return Object.freeze({ ...base, plays: [] });
  }
  const read: PlaySource[] = [];
  let since = now();
  for (const { node: each, directory, imports } of plays) {
    // Timers have their turn: where there is much to read, this is no short run, and V8 is told so.
    if (now() - since > STRETCH) {
      await nextTurn();
      since = now();
    }
    const play = readPlay(each, { ...reading, directory });
    if (play !== undefined) read.push(imports.length === 0 ? play : Object.freeze(withImports(play, imports, reading)));
  }
  await nextTurn();
  return Object.freeze({ ...base, plays: Object.freeze(read) });
}
