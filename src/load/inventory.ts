// An inventory: hosts and groups from its files, variables from every place, weakest first (Ansible's order 3 to 10).
import { promises as files } from 'node:fs';
import { extname, join } from 'node:path';
import { findInventory, type InventoryPlace } from './find-inventory.ts';
import { buildGroupTree, type GroupTree } from './group-tree.ts';
import { readHostNames } from './host-names.ts';
import { InventoryDraft } from './inventory-draft.ts';
import { readInventoryFile } from './inventory-file.ts';
import { inventoryProblems } from './messages/inventory.ts';
import { attempt, watchReport, type Report } from './report.ts';
import { shownPath } from './shown-path.ts';
import type { Inventory, InventoryHost, VariableSources } from './types.ts';
import { readVariableFiles } from './variable-files.ts';
import { readYamlFile } from './yaml/read-yaml-file.ts';

/** What is read, and who is told what. */
export interface InventoryReading {
  readonly cwd: string;
  /** Absolute; its group_vars/ and host_vars/ win over those of the inventory. */
  readonly playbookDirectory?: string;
  readonly report: Report;
  readonly note: Report;
}

/** Reads inventories into one; undefined when they cannot be made sense of, which is reported. No name gives one without hosts. */
export async function readInventory(
  named: string | readonly string[] | undefined,
  reading: InventoryReading,
): Promise<Inventory | undefined> {
  const draft = new InventoryDraft();
  const { report, isSound } = watchReport(reading.report);
  const names = named === undefined ? [] : [named].flat();
  const places: InventoryPlace[] = [];
  for (const name of names) {
    const isList = name.includes(',');
    if (isList) readHostList(name, draft, report);
    const place = isList ? undefined : findInventory(name, reading.cwd, report);
    for (const file of place?.files ?? []) await readFileInto(file, draft, { ...reading, report });
    if (place) places.push(place);
  }
  const isFound = places.length === names.filter(name => !name.includes(',')).length;
  const tree = isFound ? buildGroupTree(draft, report) : undefined;
  if (tree === undefined) return undefined;
  const name = names.length === 0 ? 'none' : names.join(' and ');
  // That there is no host follows from whatever else is wrong.
  if (names.length > 0 && draft.hosts.size === 0 && isSound()) {
    const [file] = places[0]?.files ?? [];
    reading.report(inventoryProblems.empty(name, file === undefined ? undefined : shownPath(file, reading.cwd)));
  }
  return assemble(name, places, draft, tree, reading);
}

async function readFileInto(path: string, draft: InventoryDraft, reading: InventoryReading): Promise<void> {
  const file = shownPath(path, reading.cwd);
  if (!['.yml', '.yaml', '.json'].includes(extname(path)) && (await refuseForeign(path, file, reading.report))) return;
  const node = await attempt(() => readYamlFile(path, file), reading.report);
  readInventoryFile(node, { ...reading, file, draft });
}

/** INI files and programs are told by their first lines. */
async function refuseForeign(path: string, file: string, report: Report): Promise<boolean> {
  const text = await files.readFile(path, 'utf8').catch(() => '');
  const isProgram = text.startsWith('#!');
  const isIni = extname(path) === '.ini' || /^\s*\[[^\]\n]+\]\s*$/m.test(text) || /^[^\s:#]+[ \t]+\w+=/m.test(text);
  if (isProgram) report(inventoryProblems.script(file));
  else if (isIni) report(inventoryProblems.ini(file));
  return isProgram || isIni;
}

/** `n1,n2:2222,`: every name a host of its own. */
function readHostList(list: string, draft: InventoryDraft, report: Report): void {
  let column = 1;
  for (const part of list.split(',')) {
    const at = { file: '-i', line: 1, column };
    column += part.length + 1;
    const named = part.trim() === '' ? undefined : readHostNames(part.trim(), at, '-i', report);
    for (const name of named?.names ?? []) draft.addHost(name, 'ungrouped', at, named?.variables ?? {});
  }
}

async function assemble(
  name: string,
  places: readonly InventoryPlace[],
  draft: InventoryDraft,
  tree: GroupTree,
  reading: InventoryReading,
): Promise<Inventory> {
  const groupNames = tree.byStrength;
  const hostNames = [...(tree.members.get('all') ?? [])];
  const beside = [...places.map(place => place.directory), reading.playbookDirectory].filter(directory => directory !== undefined);
  const groupVars = await Promise.all(
    [...new Set(beside)].map(directory => readVariableFiles(join(directory, 'group_vars'), groupNames, reading)),
  );
  const hostVars = await Promise.all(
    [...new Set(beside)].map(directory => readVariableFiles(join(directory, 'host_vars'), hostNames, reading)),
  );
  const memberships = membershipsOf(tree);
  const ofGroups = rememberGroups(groups => {
    const ofFiles = (names: readonly string[]): readonly VariableSources[] =>
      groupVars.flatMap(files => names.map(group => files.get(group) ?? {}));
    // In this order since a file beside a playbook is nearer to the run than one beside the inventory.
    return [...['all', ...groups].map(group => draft.groups.get(group)?.variables ?? {}), ...ofFiles(['all']), ...ofFiles(groups)];
  });
  const hosts = hostNames.map((host): readonly [string, InventoryHost] => {
    const groups = memberships.get(host) ?? [];
    // A host is nearer than its groups.
    const layers = [ofGroups(groups), draft.hosts.get(host)?.variables ?? {}, ...hostVars.map(files => files.get(host) ?? {})];
    const at = draft.hosts.get(host)?.at ?? { file: name, line: 1, column: 1 };
    return [host, Object.freeze({ name: host, at, groups, variables: Object.freeze(Object.assign({}, ...layers) as VariableSources) })];
  });
  return Object.freeze({ name, ...(places[0] && { path: places[0].path }), hosts: new Map(hosts), groups: tree.members });
}

/** The variables of groups, put together once for all hosts that are in the same ones. */
function rememberGroups(
  layersOf: (groups: readonly string[]) => readonly VariableSources[],
): (groups: readonly string[]) => VariableSources {
  const known = new Map<string, VariableSources>();
  return groups => {
    const key = groups.join(' ');
    const variables = known.get(key) ?? (Object.assign({}, ...layersOf(groups)) as VariableSources);
    known.set(key, variables);
    return variables;
  };
}

/** The groups of each host, parents before children, without `all`. */
function membershipsOf(tree: GroupTree): ReadonlyMap<string, readonly string[]> {
  const memberships = new Map<string, string[]>();
  for (const group of tree.byStrength) {
    if (group === 'all') continue;
    for (const host of tree.members.get(group) ?? []) {
      const groups = memberships.get(host) ?? [];
      groups.push(group);
      memberships.set(host, groups);
    }
  }
  return memberships;
}

/** A host that is there without being written down: this machine. Not in any group. */
export function implicitHost(name: string): InventoryHost {
  const at = { file: 'localhost', line: 1, column: 1 };
  const node = { kind: 'scalar', value: 'local', text: 'local', style: 'plain', at } as const;
  return Object.freeze({ name, at, groups: [], variables: { connection: { node, source: 'this machine' } } });
}
