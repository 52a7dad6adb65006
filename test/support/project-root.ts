// Where the project's own files are, from wherever the compiled tests run.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package.json that is tsplay's. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'tsplay') return folder;
    if (folder === dirname(folder)) throw new Error('no package.json of tsplay above the tests');
    folder = dirname(folder);
  }
}
