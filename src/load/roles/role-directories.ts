// Where roles are: beside the playbook, in the project, and the shipped ones in the package.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWrittenRole } from './role-files.ts';
import { packageRoot } from '../../util/package-root.ts';

/** The folder of the shipped roles. Their sources stand there; what runs is compiled into the program. */
export function shippedRoles(): string {
  return join(packageRoot(), 'roles');
}

/** Where what is a project's own is looked for, the nearest first: beside the playbook, in the folder above, where one is. */
export function ownFolders(playbookDirectory: string, cwd: string): readonly string[] {
  return [playbookDirectory, dirname(playbookDirectory), cwd];
}

/** Folders of roles, the nearest first. */
export function roleSearchPath(playbookDirectory: string, cwd: string): readonly string[] {
  const own = ownFolders(playbookDirectory, cwd).map(directory => join(directory, 'roles'));
  return Object.freeze([...new Set([...own, shippedRoles()])]);
}

/** Names of the roles below some folders, and of those that the project names itself. */
export function rolesIn(directories: readonly string[], named: ReadonlyMap<string, unknown> = new Map()): readonly string[] {
  const names = directories.flatMap(directory => {
    if (!existsSync(directory)) return [];
    const folders = readdirSync(directory, { withFileTypes: true }).filter(entry => entry.isDirectory());
    return folders.map(entry => entry.name).filter(name => isRoleFolder(join(directory, name)));
  });
  return [...new Set([...names, ...named.keys()])].sort();
}

/** Those of some roles that may bring a module: they are called as it begins, `redis` or `redis-cluster` for `redis.cluster`. */
export function rolesFor(module: string, roles: readonly string[]): readonly string[] {
  const [system = '', name] = module.split('.');
  return name === undefined ? [] : roles.filter(role => role === system || role.startsWith(`${system}-`));
}

/** The file that defines the role of a folder; a compiled one before its source. */
export function roleFile(folder: string): string | undefined {
  return ['role.js', 'role.ts'].map(name => join(folder, name)).find(file => existsSync(file));
}

function isRoleFolder(folder: string): boolean {
  return roleFile(folder) !== undefined || isWrittenRole(folder);
}
