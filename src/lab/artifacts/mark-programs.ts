// Gives files of an archive in the making the bits to be run, by their path below its top folder.
import { chmod, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

export async function markPrograms(target: string, programs: RegExp): Promise<void> {
  for (const file of await readdir(target, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile() && programs.test(relative(target, path))) await chmod(path, 0o755);
  }
}
