// Finds the folder of the tsplay package: the data of the archives stays in src, wherever the compiled code lies.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LabError } from '../lab-error.ts';

/** The folder whose package.json names tsplay, looking upwards from this file. */
export async function packageRoot(): Promise<string> {
  for (let directory = import.meta.dirname; ; directory = dirname(directory)) {
    const text = await readFile(join(directory, 'package.json'), 'utf8').catch(() => '{}');
    if ((JSON.parse(text) as { readonly name?: string }).name === 'tsplay') return directory;
    if (directory === dirname(directory)) throw new LabError('the folder of the tsplay package cannot be found, install it anew');
  }
}

/** A file or folder of `src/lab/artifacts`. */
export async function artifactData(...path: readonly string[]): Promise<string> {
  return join(await packageRoot(), 'src', 'lab', 'artifacts', ...path);
}
