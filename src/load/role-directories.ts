// Where roles are: beside the playbook, in the project, and the shipped ones in the compiled tree that is running.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../util/package-root.ts';

/** The shipped roles, compiled, in the same tree as the code that asks. */
export function shippedRoles(): string {
  return fileURLToPath(new URL('../../roles', import.meta.url));
}

/** Folders of roles, the nearest first. The package's own sources are left out: their compiled copy is what runs. */
export function roleSearchPath(playbookDirectory: string, cwd: string): readonly string[] {
  const sources = join(packageRoot(), 'roles');
  const own = [playbookDirectory, dirname(playbookDirectory), cwd].map(directory => join(directory, 'roles'));
  return Object.freeze([...new Set([...own.filter(directory => directory !== sources), shippedRoles()])]);
}

/** Names of the roles below some folders. */
export function rolesIn(directories: readonly string[]): readonly string[] {
  const names = directories.flatMap(directory => {
    if (!existsSync(directory)) return [];
    const folders = readdirSync(directory, { withFileTypes: true }).filter(entry => entry.isDirectory());
    return folders.map(entry => entry.name).filter(name => roleFile(join(directory, name)) !== undefined);
  });
  return [...new Set(names)].sort();
}

/** The file that defines the role of a folder; a compiled one before its source. */
export function roleFile(folder: string): string | undefined {
  return ['role.js', 'role.ts'].map(name => join(folder, name)).find(file => existsSync(file));
}
