// Where runs are kept: a folder that nobody else can look into, with a file for each run, whose name says when it began.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stateDirectory } from '../util/state-directory.ts';

/** A file of the folder. */
export interface RunFile {
  readonly id: string;
  /** When it began, in milliseconds. */
  readonly since: number;
  readonly path: string;
}

const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9a-f]{8})\.jsonl$/;

/** The folder of this user. Nobody may have made it yet. */
export function runsFolder(): string {
  return join(stateDirectory(), 'runs');
}

/** The file of a run that begins. */
export function runPath(folder: string, since: string, id: string): string {
  return join(folder, `${since.replaceAll(/[-:.]/g, '')}-${id}.jsonl`);
}

/** The files of a folder by when they began, the first one first. Others that lie there are passed over. @returns none where there is no folder */
export function runFiles(folder: string): readonly RunFile[] {
  return namesIn(folder).flatMap(name => {
    const [, year, month, day, hour, minute, second, thousandth, id = ''] = NAME.exec(name) ?? [];
    if (id === '') return [];
    const since = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${thousandth}Z`);
    return [{ id, since, path: join(folder, name) }];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
