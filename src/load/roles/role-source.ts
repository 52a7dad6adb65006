// Roles by name: found, and those in TypeScript imported, with everything that they require.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../errors/errors.ts';
import type { Position } from '../../errors/problem.ts';
import type { AnyRole } from '../../program/role.ts';
import { didYouMean } from '../../util/nearest.ts';
import { importFile } from '../../util/import-file.ts';
import { worldWritable } from '../../util/own-files.ts';
import { roleProblems } from '../messages/role.ts';
import type { LoadedRole } from '../loaded-role.ts';
import { attempt, type Report } from '../report.ts';
import { asksFor, PACKAGE_NAME, packageEntry, packageFolder } from './role-package.ts';
import { roleFile, rolesIn, shippedRoles } from './role-directories.ts';
import { isWrittenRole } from './role-files.ts';
import type { NamedRole } from './role-names.ts';
import { shownPath } from '../shown-path.ts';
import { describeWritten } from './written-variables.ts';

/** Where roles are looked for, and where a problem with one is told. */
export interface RoleSearch {
  /** The nearest first. */
  readonly directories: readonly string[];
  /** What the project calls by a name of its own. */
  readonly names: ReadonlyMap<string, NamedRole>;
  readonly cwd: string;
  /** The folder of the playbook, from which packages are found. */
  readonly base: string;
  /** Where the role is named. */
  readonly at: Position;
}

/**
 * Loads one role.
 * @throws InputError when it is not there, or is none
 */
export async function loadRole(name: string, search: RoleSearch): Promise<LoadedRole> {
  const { directories, names, at } = search;
  if (!PACKAGE_NAME.test(name)) throw new InputError([roleProblems.name(at, name)]);
  const named = names.get(name);
  if (named !== undefined) return loadNamed(name, named, search);
  const folder = directories.map(directory => join(directory, name)).find(path => existsSync(path));
  if (folder === undefined) return loadPackage(name, name, search);
  const found = await loadFolder(name, folder, search);
  if (found.role.name !== name) {
    const file = roleFile(folder) ?? folder;
    throw new InputError([roleProblems['other-name'](at, shownPath(file, search.cwd), found.role.name)]);
  }
  return found;
}

/** A role by the name that tsplay.yml gives it; what it calls itself is its own affair. */
async function loadNamed(name: string, { is, base, at }: NamedRole, search: RoleSearch): Promise<LoadedRole> {
  if (!/^[./]/.test(is)) {
    if (!PACKAGE_NAME.test(is)) throw new InputError([roleProblems['named-wrong'](at, is)]);
    return loadPackage(name, is, { ...search, base, at });
  }
  const folder = resolve(base, is);
  if (!existsSync(folder)) throw new InputError([roleProblems['no-folder'](at, name, shownPath(folder, search.cwd))]);
  return loadFolder(name, folder, { ...search, at });
}

async function loadFolder(name: string, folder: string, { cwd, at }: RoleSearch): Promise<LoadedRole> {
  const file = roleFile(folder);
  if (file === undefined) {
    if (isWrittenRole(folder)) return { kind: 'yaml', role: describeWritten(name, folder, cwd), directory: folder };
    throw new InputError([roleProblems.empty(at, name, shownPath(folder, cwd))]);
  }
  const isShipped = dirname(dirname(file)) === shippedRoles();
  const role = isShipped ? await loadShipped(name) : await importRole(name, file, { cwd, at });
  if (!isRole(role)) throw new InputError([roleProblems['no-role'](at, shownPath(file, cwd))]);
  return { kind: 'typescript', role };
}

/** A role that comes as a package of npm: in YAML, or what the package exports. */
async function loadPackage(called: string, name: string, { directories, names, cwd, at, base }: RoleSearch): Promise<LoadedRole> {
  const folder = packageFolder(name, base);
  if (folder === undefined) {
    // A name that is only misspelt is not to be installed from anywhere.
    if (name.startsWith('@') || called !== name || asksFor(name, base)) throw new InputError([roleProblems['no-package'](at, name)]);
    const known = rolesIn(directories, names);
    throw new InputError([roleProblems.unknown(at, name, didYouMean(name, known), known)]);
  }
  const open = worldWritable(folder);
  if (open !== undefined) throw new InputError([roleProblems['open-package'](at, name, shownPath(open, cwd))]);
  if (isWrittenRole(folder)) return { kind: 'yaml', role: describeWritten(called, folder, cwd), directory: folder };
  const file = packageEntry(folder);
  const role = file === undefined ? undefined : await importRole(name, file, { cwd, at });
  if (!isRole(role)) throw new InputError([roleProblems['package-no-role'](at, name, shownPath(folder, cwd))]);
  return { kind: 'typescript', role };
}

async function loadShipped(name: string): Promise<unknown> {
  const { SHIPPED_ROLES } = await import('../../../roles/shipped.ts');
  return SHIPPED_ROLES[name as keyof typeof SHIPPED_ROLES]();
}

/** The default export of a person's own role. It shares what it imports from `tsplay` with the program that runs. */
async function importRole(name: string, file: string, { cwd, at }: Pick<RoleSearch, 'cwd' | 'at'>): Promise<unknown> {
  const shown = shownPath(file, cwd);
  const stripsTypes = 'typescript' in process.features && process.features.typescript !== false;
  if (file.endsWith('.ts') && !stripsTypes) throw new InputError([roleProblems.typescript(at, name, process.versions.node)]);
  const open = worldWritable(file);
  if (open !== undefined) throw new InputError([roleProblems.writable(at, shown, shownPath(open, cwd))]);
  try {
    return (await importFile(file))['default'];
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new InputError([roleProblems.broken(at, shown, why.split('\n', 1)[0] ?? why)]);
  }
}

function isRole(value: unknown): value is AnyRole {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'at' in value &&
    typeof value.at === 'string' &&
    'vars' in value &&
    typeof value.vars === 'object' &&
    'tasks' in value &&
    typeof value.tasks === 'function'
  );
}

/** Loads roles, and those that roles in TypeScript require, into what is known. Problems are reported; what is no role is known as undefined. */
export async function loadRoles(
  uses: readonly { readonly name: string; readonly at: Position }[],
  search: Omit<RoleSearch, 'at'>,
  known: Map<string, LoadedRole | undefined>,
  report: Report,
): Promise<void> {
  for (const { name, at } of uses) {
    if (known.has(name)) continue;
    const found = await attempt(() => loadRole(name, { ...search, at }), report);
    known.set(name, found);
    const required = found?.kind === 'typescript' ? (found.role.requires ?? []) : [];
    const needed = required.map(each => ({ name: each, at }));
    await loadRoles(needed, search, known, report);
    // What is required stands first.
    known.delete(name);
    known.set(name, found);
  }
}
