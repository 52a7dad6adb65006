// What the authors of the packages inside the bundle ask for: that their words come along.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** The licenses of the packages that files come from, as one text. @throws Error for a package without one */
export function licensesOf(files: readonly string[], root: string): string {
  const folders = files.flatMap(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)]
    .sort()
    .map(folder => licenseOf(join(root, folder)))
    .join('\n\n');
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
  const text = file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : undefined;
  if (text === undefined && license === undefined) throw new Error(`${name} has no license, and cannot be part of the bundle`);
  return `${name} ${version}${license === undefined ? '' : ` (${license})`}\n\n${text ?? ''}`.trim();
}
