// The runs that are kept, by what a person calls them.
import { InputError } from '../errors/errors.ts';
import { isOwnFolder } from '../util/own-files.ts';
import { outlineOf } from './outline.ts';
import { readRun } from './read-run.ts';
import { runFiles, runsFolder, type RunFile } from './run-files.ts';
import type { KeptRun, RunOutline } from './types.ts';
import { LAST } from './words.ts';

/** Runs that are kept, the last one first, each read when it is asked for. */
export function* latestRuns(): Generator<RunOutline> {
  for (const file of ownFiles().toReversed()) {
    const run = readRun(file.path);
    const outline = run && outlineOf(run);
    if (outline !== undefined) yield outline;
  }
}

/** The run that a word names. @throws InputError when that is none, or several */
export function findRun(word: string): KeptRun {
  const files = ownFiles().filter(({ id }) => word === LAST || id.startsWith(word));
  if (word !== LAST && files.length > 1)
    throw new InputError([{ what: `several runs begin with ${word}`, advice: `name one of ${files.map(({ id }) => id).join(', ')}` }]);
  for (const { path } of files.toReversed()) {
    const run = readRun(path);
    if (run !== undefined) return run;
  }
  throw new InputError([
    { what: word === LAST ? 'no run is kept' : `there is no run ${word}`, advice: 'tsplay runs lists those that are kept' },
  ]);
}

/** What others could have written is not believed. */
function ownFiles(): readonly RunFile[] {
  const folder = runsFolder();
  return isOwnFolder(folder) ? runFiles(folder) : [];
}
