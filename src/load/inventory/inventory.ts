// An inventory: hosts and groups from its files, variables from every place, weakest first (Ansible's order 3 to 10).
import { extname, join } from 'node:path';
import { findInventory, type InventoryPlace } from './find-inventory.ts';
import { buildGroupTree, type GroupTree } from './group-tree.ts';
import { readHostNames } from './host-names.ts';
import { InventoryDraft } from './inventory-draft.ts';
import { readIniInventory } from '../ini/read-ini-inventory.ts';
import { readInventoryFile } from './inventory-file.ts';
import { inventoryKind } from './inventory-kind.ts';
import { inventoryProblems } from '../messages/inventory.ts';
import { IMPLICIT_HOSTS } from './pattern.ts';
import { attempt, watchReport, type Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import type { GroupLayers, Inventory, InventoryHost, VariableSources } from '../types.ts';
import { readVariableFiles } from '../variables/variable-files.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { readTextFile } from '../yaml/read-yaml-file.ts';

/** What is read, and who is told what. */
export interface InventoryReading {
  readonly cwd: string;
  /** Absolute; its group_vars/ and host_vars/ win over those of the inventory. */
  readonly playbookDirectory?: string;
  /** Whether a group may come while the playbook runs: files with its variables are read too. */
  readonly mayCome?: (name: string) => boolean;
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
  refuseHostsAsVariables(draft, report);
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

/** A host that is indented too far has become a variable of the one above it. */
function refuseHostsAsVariables({ hosts }: InventoryDraft, report: Report): void {
  for (const { name: host, variables } of hosts.values())
    for (const [name, { node }] of Object.entries(variables))
      if (node.kind === 'scalar' && node.value === null && hosts.has(name)) report(inventoryProblems['host-variable'](node.at, name, host));
}

async function readFileInto(path: string, draft: InventoryDraft, reading: InventoryReading): Promise<void> {
  const file = shownPath(path, reading.cwd);
  const into = { ...reading, file, draft };
  const text = await attempt(() => readTextFile(path, file), reading.report);
  if (text === undefined) return;
  switch (inventoryKind(extname(path), text)) {
    case 'yaml':
      readInventoryFile(await attempt(() => parseYaml(text, file), reading.report), into);
      break;
    case 'ini':
      readIniInventory(text, into);
      break;
    case 'toml':
      reading.report(inventoryProblems.toml(file));
      break;
    case 'program':
      reading.report(inventoryProblems.script(file));
  }
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
    [...new Set(beside)].map(directory => readVariableFiles(join(directory, 'host_vars'), [...hostNames, ...IMPLICIT_HOSTS], reading)),
  );
  const memberships = membershipsOf(tree);
  const groupLayers = (groups: readonly string[]): readonly VariableSources[] => {
    const ofFiles = (names: readonly string[]): readonly VariableSources[] =>
      groupVars.flatMap(files => names.map(group => files.get(group) ?? {}));
    // In this order since a file beside a playbook is nearer to the run than one beside the inventory.
    return [...['all', ...groups].map(group => draft.groups.get(group)?.variables ?? {}), ...ofFiles(['all']), ...ofFiles(groups)];
  };
  const ofGroups = rememberGroups(groupLayers);
  // A host is nearer than its groups.
  const hostLayers = (host: string): readonly VariableSources[] => [
    draft.hosts.get(host)?.variables ?? (IMPLICIT_HOSTS.includes(host) ? implicitVariables() : {}),
    ...hostVars.map(files => files.get(host) ?? {}),
  ];
  const hosts = hostNames.map((host): readonly [string, InventoryHost] => {
    const groups = memberships.get(host) ?? [];
    const layers = [ofGroups(groups), ...hostLayers(host)];
    const at = draft.hosts.get(host)?.at ?? { file: name, line: 1, column: 1 };
    return [host, Object.freeze({ name: host, at, groups, variables: Object.freeze(Object.assign({}, ...layers) as VariableSources) })];
  });
  return Object.freeze({
    name,
    ...(places[0] && { path: places[0].path, directory: places[0].directory }),
    paths: Object.freeze(places.map(({ path }) => path)),
    hosts: new Map(hosts),
    written: Object.freeze([...draft.hosts.keys()]),
    groups: tree.members,
    children: tree.children,
    groupsAt: new Map([...draft.groups.values()].flatMap(({ name, at }) => (at === undefined ? [] : [[name, at]]))),
    parts: () => ({
      groups: new Map(namesIn(groupNames, groupVars).map(group => [group, partOf(group, draft, tree, groupVars)])),
      hosts: new Map(
        namesIn([...hostNames, ...IMPLICIT_HOSTS], hostVars).map(host => [host, Object.assign({}, ...hostLayers(host)) as VariableSources]),
      ),
    }),
    layersOf: (host: string) => [...groupLayers(memberships.get(host) ?? []), ...hostLayers(host)],
  });
}

type Files = ReadonlyMap<string, VariableSources>;

/** The names that are known, and those that only have files. */
function namesIn(known: readonly string[], files: readonly Files[]): readonly string[] {
  return [...new Set([...known, ...files.flatMap(names => [...names.keys()])])];
}

function partOf(group: string, draft: InventoryDraft, { weights, own, children }: GroupTree, files: readonly Files[]): GroupLayers {
  return {
    weight: weights.get(group) ?? [1, 1],
    hosts: own.get(group) ?? [],
    children: children.get(group) ?? [],
    inventory: draft.groups.get(group)?.variables ?? {},
    files: Object.assign({}, ...files.map(names => names.get(group) ?? {})) as VariableSources,
  };
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

const THIS_MACHINE = { file: 'localhost', line: 1, column: 1 };

/** A host that is there without being written down: this machine. In no group, but what is said of all is said of it. */
export function implicitHost(name: string, inventory: Pick<Inventory, 'layersOf'>): InventoryHost {
  const variables = Object.freeze(Object.assign({}, ...inventory.layersOf(name)) as VariableSources);
  return Object.freeze({ name, at: THIS_MACHINE, groups: [], variables });
}

function implicitVariables(): VariableSources {
  const node = { kind: 'scalar', value: 'local', text: 'local', style: 'plain', at: THIS_MACHINE } as const;
  return { connection: { node, source: 'this machine' } };
}
