// Roles by name: found, imported, and everything they require before them.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { Position } from '../errors/problem.ts';
import type { AnyRole } from '../program/role.ts';
import { didYouMean } from '../util/nearest.ts';
import { importFile } from '../util/import-file.ts';
import { worldWritable } from '../util/own-files.ts';
import { roleProblems } from './messages/role.ts';
import { attempt, type Report } from './report.ts';
import { roleFile, rolesIn, shippedRoles } from './role-directories.ts';
import { shownPath } from './shown-path.ts';

/** Where roles are looked for, and where a problem with one is told. */
export interface RoleSearch {
  /** The nearest first. */
  readonly directories: readonly string[];
  readonly cwd: string;
  /** Where the role is named. */
  readonly at: Position;
}

/**
 * Loads one role.
 * @throws InputError when it is not there, or is none
 */
export async function loadRole(name: string, { directories, cwd, at }: RoleSearch): Promise<AnyRole> {
  if (!/^[a-z][\w-]*$/i.test(name)) throw new InputError([roleProblems.name(at, name)]);
  const folder = directories.map(directory => join(directory, name)).find(path => existsSync(path));
  const file = folder === undefined ? undefined : roleFile(folder);
  if (file === undefined) {
    if (folder !== undefined) throw new InputError([roleProblems.yaml(at, name)]);
    const known = rolesIn(directories);
    throw new InputError([roleProblems.unknown(at, name, didYouMean(name, known), known)]);
  }
  const shown = shownPath(file, cwd);
  const isShipped = dirname(dirname(file)) === shippedRoles();
  const role = isShipped ? await loadShipped(name) : await importRole(name, file, cwd, at);
  if (!isRole(role)) throw new InputError([roleProblems['no-role'](at, shown)]);
  if (role.name !== name) throw new InputError([roleProblems['other-name'](at, shown, role.name)]);
  return role;
}

async function loadShipped(name: string): Promise<unknown> {
  const { SHIPPED_ROLES } = await import('../../roles/shipped.ts');
  return SHIPPED_ROLES[name as keyof typeof SHIPPED_ROLES]();
}

/** The default export of a person's own role. It shares what it imports from `tsplay` with the program that runs. */
async function importRole(name: string, file: string, cwd: string, at: Position): Promise<unknown> {
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

/** Loads roles with those they require, a required one before the one that requires it. Problems are reported. */
export async function loadRoles(
  uses: readonly { readonly name: string; readonly at: Position }[],
  search: Omit<RoleSearch, 'at'>,
  report: Report,
): Promise<ReadonlyMap<string, AnyRole>> {
  const roles = new Map<string, AnyRole>();
  const visit = async (name: string, at: Position, chain: readonly string[]): Promise<void> => {
    if (chain.includes(name)) {
      report(roleProblems.cycle(at, [...chain.slice(chain.indexOf(name)), name]));
      return;
    }
    if (roles.has(name)) return;
    const role = await attempt(() => loadRole(name, { ...search, at }), report);
    if (role === undefined) return;
    for (const required of role.requires ?? []) await visit(required, at, [...chain, name]);
    roles.set(name, role);
  };
  for (const { name, at } of uses) await visit(name, at, []);
  return roles;
}
