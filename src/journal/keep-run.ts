// Keeps what is told of runs, event by event, before anything else is done: whoever is killed leaves what happened up to there.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { Emit, Event } from '../report/events.ts';
import { makeOwnFolder } from '../util/own-files.ts';
import { appendLines, type LineFile } from './append-lines.ts';
import { thisProcess } from './process-mark.ts';
import { runPath, runsFolder } from './run-files.ts';
import { tidyRuns } from './tidy-runs.ts';
import { JOURNAL_SCHEMA, type RunHead } from './types.ts';

/** Where a run is kept that cannot be. */
const NOWHERE: LineFile = { size: () => 0, write: () => undefined, close: () => undefined };

/** A run of this size has taken so long that looking after the folder is nothing beside it. */
const LARGE = 1024 * 1024;

/**
 * What takes the masked events of a command, one run after the other. It never throws: a run goes on where it cannot be kept.
 * @param complain told why not, once
 */
export function keepRuns(command: string, complain: (words: string) => void): Emit {
  let file: LineFile | undefined;
  /** What is said before a run has begun belongs to it. */
  let ahead: readonly Event[] = [];
  let hasComplained = false;
  const orComplain = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      if (!hasComplained) complain(error instanceof Error ? error.message : String(error));
      hasComplained = true;
    }
  };
  return event => {
    if (event.kind === 'run-started') {
      const events = [...ahead, event];
      ahead = [];
      file = NOWHERE;
      orComplain(() => (file = begin(command, events)));
    } else if (file === undefined) ahead = [...ahead, event];
    else {
      const open = file;
      orComplain(() => open.write(JSON.stringify(event)));
      if (event.kind !== 'run-finished') return;
      file = undefined;
      orComplain(() => open.close());
      if (open.size() > LARGE) tidyRuns(runsFolder());
    }
  };
}

/** In one piece: a file that has a head tells of a run. @throws Error in words */
function begin(command: string, events: readonly Event[]): LineFile {
  const folder = runsFolder();
  if (!makeOwnFolder(folder)) throw new Error(`${folder} is not, or would not be, a folder of this user that nobody else can write`);
  const head = headOf(command);
  const path = runPath(folder, head.since, head.id);
  const file = appendLines(path);
  try {
    file.write([head, ...events].map(line => JSON.stringify(line)).join('\n'));
  } catch (error) {
    file.close();
    rmSync(path, { force: true });
    throw error;
  }
  // One in sixteen.
  if (head.id.startsWith('0')) tidyRuns(folder);
  return file;
}

function headOf(command: string): RunHead {
  return {
    schema: JOURNAL_SCHEMA,
    id: randomBytes(4).toString('hex'),
    command,
    by: `${userName()}@${hostname()}`,
    since: new Date().toISOString(),
    cwd: process.cwd(),
    process: thisProcess(),
  };
}

/** A number where it has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}
