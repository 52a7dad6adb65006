// Takes away what has been kept for long enough. Several runs may do that at once; what belongs to a run that lives stays.
import { lstatSync, rmSync } from 'node:fs';
import { outlineOf } from './outline.ts';
import { readRun } from './read-run.ts';
import { runFiles, type RunFile } from './run-files.ts';

/** How much is kept; the last two runs are, whatever their size: this one, and the one before. */
export interface Bounds {
  readonly runs: number;
  readonly bytes: number;
  readonly days: number;
}

/** What the documentation says. */
export const BOUNDS: Bounds = { runs: 200, bytes: 64 * 1024 * 1024, days: 90 };

const DAY = 24 * 60 * 60 * 1000;

/** Looks at every file of the folder: more than a run with nothing to do should pay for each time. */
export function tidyRuns(folder: string, bounds: Bounds = BOUNDS, now = Date.now()): void {
  const files = runFiles(folder).toReversed();
  let bytes = 0;
  for (const [index, file] of files.entries()) {
    bytes += sizeOf(file);
    const isKept = index < 2 || (index < bounds.runs && bytes <= bounds.bytes && now - file.since <= bounds.days * DAY);
    if (!isKept && !isAlive(file, now)) remove(file);
  }
}

function sizeOf({ path }: RunFile): number {
  return attempt(() => lstatSync(path).size) ?? 0;
}

/** A run that may still write. One whose head has not been written yet may be about to. */
function isAlive({ path }: RunFile, now: number): boolean {
  const run = readRun(path);
  const outline = run && attempt(() => outlineOf(run));
  const changed = attempt(() => lstatSync(path).mtimeMs) ?? 0;
  switch (outline?.standing.kind) {
    case undefined:
      return now - changed < DAY;
    case 'running':
      return true;
    case 'elsewhere':
      return now - changed < 7 * DAY;
    case 'killed':
    case 'ended':
      return false;
  }
}

/** Another run may have been here before. */
function remove({ path }: RunFile): void {
  attempt(() => rmSync(path, { force: true }));
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
