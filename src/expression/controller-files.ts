// Files that expressions look at on the controller: found beside the playbook or role in which the line is written, read once.
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { HelperRefusal } from './helpers/helper.ts';

/** Folders of a role or a project whose files look one level up. */
const INSIDE: readonly string[] = ['tasks', 'handlers', 'vars', 'defaults', 'templates', 'files', 'group_vars', 'host_vars'];
const LARGEST = 4 * 1024 * 1024;

/** What has been read in this process: a file that changes meanwhile does not change a run. */
const read = new Map<string, string>();

/** The folders that a name is looked for in. */
function placesFor(folders: readonly string[], file: string | undefined): readonly string[] {
  const beside = file === undefined ? process.cwd() : dirname(resolve(file));
  const around = INSIDE.includes(basename(beside)) ? [dirname(beside), beside] : [beside];
  return around.flatMap(place => [...folders.map(folder => join(place, folder)), place]);
}

/** The path of a file that is there; undefined when none is. @param file where the line that asks is written */
export function findFile(name: string, folders: readonly string[], file: string | undefined): string | undefined {
  return placesFor(folders, file)
    .map(place => resolve(place, name))
    .find(path => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

/** The text of a file. @throws HelperRefusal when it is not there, too large, or no text */
export function readTextFile(
  helper: 'file' | 'template',
  name: string,
  file: string | undefined,
): { readonly path: string; readonly text: string } {
  const folder = helper === 'file' ? 'files' : 'templates';
  const path = findFile(name, [folder], file);
  if (path === undefined)
    throw new HelperRefusal(`${helper}: there is no file ${JSON.stringify(name)}`, {
      missing: true,
      advice: `put it into ${folder}/ beside the playbook or role`,
    });
  const known = read.get(path);
  if (known !== undefined) return { path, text: known };
  const text = readText(helper, name, path);
  read.set(path, text);
  return { path, text };
}

function readText(helper: string, name: string, path: string): string {
  const bytes = bytesOf(helper, name, path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HelperRefusal(`${helper}: the file ${JSON.stringify(name)} is not UTF-8 text`, { advice: 'send it with file.copy' });
  }
}

function bytesOf(helper: string, name: string, path: string): Buffer {
  try {
    if (statSync(path).size > LARGEST)
      throw new HelperRefusal(`${helper}: the file ${JSON.stringify(name)} is larger than 4 MiB`, { advice: 'send it with file.copy' });
    return readFileSync(path);
  } catch (error) {
    if (error instanceof HelperRefusal) throw error;
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new HelperRefusal(`${helper}: the file ${JSON.stringify(name)} cannot be read${code}`);
  }
}
