// Loading: from the words of a command to checked sources, in the order in which one part needs another. All problems come at once.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Position, Problem } from '../errors/problem.ts';
import type { AnyModule } from '../modules/contract.ts';
import { isShipped, loadModules } from '../modules/registry.ts';
import type { AnyRole } from '../program/role.ts';
import { checkParams, tasksOf } from './playbook/check-params.ts';
import { checkRoleVariables } from './roles/check-role-variables.ts';
import { expandPlaybooks, type PlayNode } from './playbook/import-playbook.ts';
import { localDelegates } from './playbook/delegates.ts';
import { readExtraVars } from './variables/extra-vars.ts';
import { isOpen, madeNames } from './playbook/made-names.ts';
import { implicitHost, readInventory } from './inventory/inventory.ts';
import { readLimit } from './inventory/limit.ts';
import type { LoadedRole } from './loaded-role.ts';
import { patternProblems } from './messages/pattern.ts';
import { sourceProblems } from './messages/sources.ts';
import { matchPattern } from './inventory/pattern.ts';
import { readPlaybook, type PlaybookFile } from './playbook/playbook.ts';
import { attempt, collectProblems, sortProblems, watchReport, type Report } from './report.ts';
import { rolesFor, roleSearchPath, rolesIn } from './roles/role-directories.ts';
import { readRoleNames } from './roles/role-names.ts';
import { loadRoles, type RoleSearch } from './roles/role-source.ts';
import { rolesNamed } from './playbook/role-use.ts';
import { shownPath } from './shown-path.ts';
import type { Inventory, PlaybookSource, SourceRequest, Sources } from './types.ts';
import { worldWritable } from '../util/own-files.ts';
import type { YamlNode } from './yaml/node.ts';
import { readYamlFile } from './yaml/read-yaml-file.ts';

/**
 * Reads and checks everything a run is made of.
 * @throws InputError with every problem of every file, sorted by place
 */
export async function loadSources(request: SourceRequest): Promise<Sources> {
  return collectProblems(async report => {
    const notes: Problem[] = [];
    const note: Report = problem => notes.push(problem);
    const { cwd } = request;
    const path = resolve(cwd, request.playbook);
    const file = { path, shown: shownPath(path, cwd) };
    const yaml = await attempt(() => ({ node: readYamlFile(path, file.shown) }), report);
    noteWritable([path], cwd, note);
    // Roles before tasks: a task may use a module that a role brings.
    const directories = roleSearchPath(dirname(path), cwd);
    const names = readRoleNames(dirname(path), { cwd, report, note });
    const plays = yaml?.node?.kind === 'list' ? await expandPlaybooks(yaml.node.items, path, cwd, report) : [];
    const loaded = new Map<string, LoadedRole | undefined>();
    const known = rolesIn(directories, names);
    const reading = { loaded, known, directories, names, cwd, base: dirname(path) };
    const playbook = yaml && (await readAll(file, yaml.node, plays, reading, { report, note }));
    for (const role of loaded.values()) if (role?.kind === 'yaml') noteWritable([role.directory], cwd, note);
    const roles = rolesOf(loaded);
    const brought = modulesOf(roles);
    const modules = await withShipped(playbook, brought);
    if (playbook) checkParams(playbook, modules, report);
    const made = playbook && madeNames(playbook);
    const more = made?.isAny === true ? { mayCome: (name: string) => made.mayBeGroup(name) || made.mayBeHost(name) } : {};
    const found = await readInventory(request.inventory, { cwd, playbookDirectory: dirname(path), report, note, ...more });
    noteWritable(found?.paths ?? [], cwd, note);
    const { all: extra, layers: extraLayers } = await readExtraVars(request.extraVars ?? [], { cwd, report, note });
    const limit = request.limit === undefined ? undefined : await attempt(() => readLimit(request.limit ?? '', cwd), report);
    if (found === undefined || playbook === undefined) return undefined;
    // An inventory without a host has been told already: that every pattern misses follows from it.
    const told: Report = found.hosts.size > 0 || request.inventory === undefined ? report : () => undefined;
    const { targets, inventory, ...chosen } = chooseHosts(playbook, found, limit, told);
    checkRoleVariables({ playbook, inventory, roles, extra, targets, known }, report);
    return Object.freeze({ playbook, inventory, roles, modules, extra, extraLayers, targets, ...chosen, notes: oncePerText(notes) });
  });
}

interface RoleReading extends Omit<RoleSearch, 'at'> {
  /** By the names that they are called by; undefined is what is no role. */
  readonly loaded: Map<string, LoadedRole | undefined>;
  /** Names of all roles that there are. */
  readonly known: readonly string[];
}

/**
 * The playbook. A role that a task or another role calls, or whose module a task uses, is known once that is read: it is loaded then, and all is
 * read again, since a task may use a module that a role brings.
 */
async function readAll(
  file: PlaybookFile,
  node: YamlNode | undefined,
  plays: readonly PlayNode[],
  { loaded, known, ...search }: RoleReading,
  told: { readonly report: Report; readonly note: Report },
): Promise<PlaybookSource> {
  let wanted: readonly { readonly name: string; readonly at: Position }[] = rolesNamed(plays.map(play => play.node));
  const top: Position = { file: file.shown, line: 1, column: 1 };
  for (;;) {
    await loadRoles(wanted, search, loaded, told.report);
    const modules = modulesOf(rolesOf(loaded));
    const missing: { readonly name: string; readonly at: Position }[] = [];
    const [problems, notes]: [Problem[], Problem[]] = [[], []];
    const playbook = await readPlaybook(file, node, plays, {
      cwd: search.cwd,
      report: problem => problems.push(problem),
      note: problem => notes.push(problem),
      modules: {
        has(name) {
          if (modules.has(name)) return true;
          const unread = rolesFor(name, known).filter(role => !loaded.has(role));
          missing.push(...unread.map(role => ({ name: role, at: top })));
          return false;
        },
        [Symbol.iterator]: () => modules.keys(),
      },
      directory: dirname(file.path),
      files: [],
      defaults: new Map(),
      roles: [],
      roleOf: (name, at) => {
        if (!loaded.has(name)) missing.push({ name, at });
        return loaded.get(name);
      },
    });
    if (missing.length === 0) {
      problems.forEach(told.report);
      notes.forEach(told.note);
      return playbook;
    }
    wanted = missing;
  }
}

/** Those that say something of their variables. */
function rolesOf(loaded: RoleReading['loaded']): ReadonlyMap<string, AnyRole> {
  const all = [...loaded].flatMap(([name, found]) => (found === undefined ? [] : [[name, found] as const]));
  return new Map(
    all.filter(([, { kind, role }]) => kind === 'typescript' || Object.keys(role.vars).length > 0).map(([name, { role }]) => [name, role]),
  );
}

/** Who can write what is read here decides what is done to hosts, as root: that is told, and the owners of the files decide. */
function noteWritable(paths: readonly string[], cwd: string, note: Report): void {
  for (const path of paths.filter(existsSync)) {
    const open = worldWritable(path);
    if (open !== undefined) note(sourceProblems.writable(shownPath(path, cwd), shownPath(open, cwd)));
  }
}

function modulesOf(roles: ReadonlyMap<string, AnyRole>): ReadonlyMap<string, AnyModule> {
  const modules = [...roles.values()].flatMap(role => role.modules ?? []).map(module => module.definition);
  return new Map(modules.map(module => [module.name, module]));
}

async function withShipped(
  playbook: PlaybookSource | undefined,
  brought: ReadonlyMap<string, AnyModule>,
): Promise<ReadonlyMap<string, AnyModule>> {
  const names = (playbook === undefined ? [] : tasksOf(playbook)).map(task => task.module);
  const shipped = names.filter(name => !brought.has(name) && isShipped(name));
  return new Map([...(await loadModules(shipped)), ...brought]);
}

/** The hosts of each play. A pattern that matches nothing is a problem; a play that the limit leaves empty is not, all of them are. */
function chooseHosts(
  playbook: PlaybookSource,
  found: Inventory,
  limit: string | undefined,
  report: Report,
): Pick<Sources, 'targets' | 'inventory' | 'hostsOf' | 'limit'> {
  // Hundreds of plays may be for the same hosts. What is wrong is told of each.
  const matches = new Map<string, readonly string[]>();
  const matched = playbook.plays.map(({ hosts: { value: pattern, at } }, index) => {
    const made = madeNames(playbook, index);
    const names = made.isAny ? { ...found, mayCome: (name: string) => isOpen(name, made, found) } : found;
    const watched = watchReport(report);
    const hosts = matches.get(pattern) ?? matchPattern(pattern, names, { noun: 'pattern', at }, watched.report);
    if (watched.isSound()) matches.set(pattern, hosts);
    return hosts;
  });
  const missing = [...new Set([...matched.flat(), ...localDelegates(playbook, found, report)])].filter(host => !found.hosts.has(host));
  const hosts = new Map([...found.hosts, ...missing.map(host => [host, implicitHost(host, found)] as const)]);
  const inventory: Inventory = Object.freeze({ ...found, hosts });
  const watched = watchReport(report);
  const made = madeNames(playbook);
  const limitedTo = made.isAny ? { ...inventory, mayCome: (pattern: string) => isOpen(pattern, made, inventory) } : inventory;
  const limited =
    limit === undefined ? undefined : new Set(matchPattern(limit, limitedTo, { noun: 'limit', at: undefined }, watched.report));
  const within = (names: readonly string[]): readonly string[] =>
    limited === undefined ? names : Object.freeze(names.filter(host => limited.has(host)));
  const targets = matched.map(within);
  if (limit !== undefined && watched.isSound() && matched.some(names => names.length > 0) && targets.every(names => names.length === 0)) {
    report(patternProblems['limit-misses'](limit));
  }
  // Patterns that were matched once without a problem give none the second time.
  const known = new Map<string, readonly string[]>();
  const hostsOf = (pattern: string): readonly string[] => {
    const hosts = known.get(pattern) ?? within(matchPattern(pattern, inventory, { noun: 'pattern', at: undefined }, () => undefined));
    known.set(pattern, hosts);
    return hosts;
  };
  return { targets: Object.freeze(targets), inventory, hostsOf, ...(limit !== undefined && { limit }) };
}

/** The same words are worth one line, however many hosts have it and whatever they are about. */
function oncePerText(notes: readonly Problem[]): readonly Problem[] {
  const lines = new Map<string, Problem & { readonly about: Set<string> }>();
  for (const note of sortProblems(notes)) {
    const line = lines.get(note.what) ?? { ...note, about: new Set<string>() };
    if (note.got !== undefined) line.about.add(note.got);
    lines.set(note.what, line);
  }
  const whole = [...lines.values()].map(({ about, ...note }) => (about.size === 0 ? note : { ...note, got: [...about].join(', ') }));
  return Object.freeze(whole.map(note => Object.freeze(note)));
}
