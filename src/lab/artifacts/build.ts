// Builds stand-in archives into the cache, each once, whole or not at all.
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { LabError } from '../lab-error.ts';
import { withLock } from '../lock.ts';
import { artifactsDir, cacheDir } from '../paths.ts';
import type { LabEvents } from '../types.ts';
import { findArchive, type Archive } from './archives.ts';
import { digestOf, formatChecksum } from './digest.ts';
import { artifactData } from './artifact-data.ts';
import { layPart } from './parts.ts';

/**
 * Gives the path of each archive by its name, building those the cache lacks or has from older ingredients.
 * A checksum file in the project's own layout lies beside each.
 * @throws LabError naming the archive and what could not be had
 */
export async function buildArtifacts(names: readonly string[], events: LabEvents): Promise<Readonly<Record<string, string>>> {
  const archives = [...new Set(names)].map(findArchive);
  return withLock(
    'artifacts',
    () => events('waiting for another tsplay that builds archives'),
    async () => {
      await mkdir(artifactsDir(), { recursive: true });
      for (const entry of await readdir(cacheDir()))
        if (entry.startsWith('archive-')) await rm(join(cacheDir(), entry), { recursive: true, force: true });
      const paths: Record<string, string> = {};
      for (const archive of archives) paths[archive.name] = await buildArtifact(archive, events);
      return paths;
    },
  );
}

async function buildArtifact(archive: Archive, events: LabEvents): Promise<string> {
  const path = join(artifactsDir(), archive.name);
  const recipe = await recipeOf(archive);
  const note = join(artifactsDir(), `.${archive.name}.recipe`);
  if ((await readIfThere(note)) === recipe && (await isThere(path)) && (await isThere(path + archive.checksum.suffix))) return path;
  events(`building ${archive.name}`);
  await rm(note, { force: true });
  const work = await mkdtemp(join(cacheDir(), 'archive-'));
  try {
    await pack(archive, work).catch((error: unknown) => {
      throw new LabError(`${archive.name} cannot be built: ${error instanceof Error ? error.message : String(error)}`);
    });
    for (const suffix of [archive.checksum.suffix, '']) await rename(join(work, archive.name + suffix), path + suffix);
    await writeFile(note, recipe);
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function pack(archive: Archive, work: string): Promise<void> {
  const tree = join(work, 'tree');
  const top = join(tree, archive.top);
  await mkdir(tree);
  for (const [index, part] of archive.parts.entries()) await layPart(part, top, join(work, String(index)));
  // Same ingredients, same bytes: no order, time, owner or umask of this machine gets in.
  const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=u+w,go-w,a+rX', '--format=gnu'];
  await run(['tar', ...same, '--use-compress-program=gzip -n', '-cf', join(work, archive.name), '-C', tree, archive.top]);
  const { suffix, algorithm, layout } = archive.checksum;
  const digest = await digestOf(join(work, archive.name), algorithm);
  await writeFile(join(work, archive.name + suffix), formatChecksum(archive.name, digest, layout));
}

/** Everything that goes into an archive, in one digest. */
async function recipeOf(archive: Archive): Promise<string> {
  const hash = createHash('sha256').update(
    JSON.stringify(archive, (_, value: unknown) => (value instanceof RegExp ? value.source : value)),
  );
  for (const part of archive.parts) {
    if (part.kind === 'jars') hash.update(await readFile(artifactData('jars', `${part.list}.json`)));
    if (part.kind === 'files') await hashTree(artifactData('files', part.folder), text => hash.update(text));
  }
  return hash.digest('hex');
}

async function hashTree(folder: string, add: (text: string | Buffer) => void): Promise<void> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter(file => file.isFile())
    .map(file => join(file.parentPath, file.name));
  for (const file of files.sort()) {
    add(`${file.slice(folder.length)}\n`);
    add(await readFile(file));
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
