// group_vars/ and host_vars/: variables by group or host, in a file or in a folder of files.
import { type Dirent, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { didYouMean } from '../../util/nearest.ts';
import { inventoryProblems } from '../messages/inventory.ts';
import { attempt, type Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import type { VariableSources } from '../types.ts';
import { readVariables } from './variables.ts';
import type { YamlNode } from '../yaml/node.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';

export interface VariableFilesReading {
  readonly cwd: string;
  readonly report: Report;
  readonly note: Report;
  /** Whether a name that is not known may yet come. */
  readonly mayCome?: (name: string) => boolean;
}

const EXTENSIONS = ['.yml', '.yaml', '.json'];

/** As many names may be misspelt; where more are strange, the folder serves other inventories too. */
const MOST_MISSPELT = 20;

/** The variables by name of a group or host; files of names that are not known are passed over, with a note when they look misspelt. */
export async function readVariableFiles(
  directory: string,
  names: readonly string[],
  reading: VariableFilesReading,
): Promise<ReadonlyMap<string, VariableSources>> {
  const byName = new Map<string, VariableSources>();
  const known = new Set(names);
  const strange: { readonly name: string; readonly path: string }[] = [];
  for (const entry of filesIn(directory)) {
    if (!entry.isDirectory && !EXTENSIONS.includes(extname(entry.name)) && extname(entry.name) !== '') continue;
    const name = entry.isDirectory
      ? entry.name
      : basename(
          entry.name,
          EXTENSIONS.find(ending => entry.name.endsWith(ending)),
        );
    const path = join(directory, entry.name);
    if (known.has(name) || reading.mayCome?.(name) === true)
      byName.set(name, { ...byName.get(name), ...(await (entry.isDirectory ? readFolder(path, reading) : readOne(path, reading))) });
    else strange.push({ name, path });
  }
  for (const { name, path } of strange.length > MOST_MISSPELT ? [] : strange) {
    const near = didYouMean(name, names);
    if (near !== undefined) reading.note(inventoryProblems['no-group'](shownPath(path, reading.cwd), name, near));
  }
  return byName;
}

async function readFolder(directory: string, reading: VariableFilesReading): Promise<VariableSources> {
  let variables: VariableSources = {};
  for (const entry of filesIn(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory) variables = { ...variables, ...(await readFolder(path, reading)) };
    else if (EXTENSIONS.includes(extname(entry.name))) variables = { ...variables, ...(await readOne(path, reading)) };
  }
  return variables;
}

async function readOne(path: string, { cwd, report, note }: VariableFilesReading): Promise<VariableSources> {
  const shown = shownPath(path, cwd);
  const node = await attempt(() => readYamlFile(path, shown), report);
  if (node !== undefined && isVault(node)) {
    report(inventoryProblems.vault(node.at));
    return {};
  }
  return readVariables(node, { source: shown, what: 'the file', report, note });
}

function isVault(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.text.startsWith('$ANSIBLE_VAULT');
}

interface FileEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** Sorted by name, without hidden files; none when there is no such directory. */
function filesIn(directory: string): readonly FileEntry[] {
  return entriesOf(directory)
    .filter(entry => !entry.name.startsWith('.'))
    .map(entry => ({ name: entry.name, isDirectory: entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
