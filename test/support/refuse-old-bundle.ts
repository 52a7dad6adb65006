// The bundle is the last step of the build: tests of one that is older than what it is made of would prove nothing.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compiledRoot } from './golden.ts';

/** @throws Error when the bundle of this tree is missing, or something was compiled since it was made */
export function refuseOldBundle(): void {
  const bundle = join(compiledRoot, 'bundle', 'tsplay.cjs');
  const made = existsSync(bundle) ? statSync(bundle).mtimeMs : 0;
  const since = ['src', 'roles', 'build']
    .flatMap(folder => compiledFiles(join(compiledRoot, folder)))
    .find(file => statSync(file).mtimeMs > made);
  if (since !== undefined) throw new Error(`${since} is newer than the bundle: node ${join(compiledRoot, 'build', 'bundle.js')}`);
}

function compiledFiles(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter(name => name.endsWith('.js')).map(name => join(folder, name));
}
