// The playbook that uses every keyword, and what is beside it, put into a folder.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project-root.ts';

const FOLDER = join(projectRoot(), 'test', 'keywords');

/** Its text. */
export function everyKeyword(): string {
  return readFileSync(join(FOLDER, 'every-keyword.yml'), 'utf8');
}

/** Copies the files, and makes the role that is named. */
export function copyKeywords(folder: string): void {
  cpSync(FOLDER, folder, { recursive: true, filter: source => !source.endsWith('.ts') });
  mkdirSync(join(folder, 'roles', 'words'), { recursive: true });
  writeFileSync(
    join(folder, 'roles', 'words', 'role.js'),
    "export default { name: 'words', summary: 'has no tasks', at: import.meta.url, vars: {}, tasks: () => [] };\n",
  );
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}\n');
}
