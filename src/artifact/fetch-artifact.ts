// Archives for hosts: fetched or found, checked, listed and pinned by hash on the controller, before a host hears of them.
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Artifact, LocalFile } from '../schema/resolved.ts';
import { shortHash, writeAtomically } from './cache.ts';
import { fetchFile, type ArtifactSource } from './fetch-file.ts';
import { hashFile } from './hash-file.ts';
import { listCached } from './list-cached.ts';
import { locate, nameOf } from './location.ts';
import { zipToTar } from './zip-to-tar.ts';

/**
 * The archive, from the cache where it was fetched before. What is downloaded is checked before it is kept; files of the
 * controller are not copied. A zip becomes a gzipped tar: hosts need tar and gzip only.
 * @throws Error with words for a person: not to be had, wrong checksum, damaged, unsafe to unpack
 */
export async function fetchArtifact(wanted: ArtifactSource, cacheDirectory: string, signal?: AbortSignal): Promise<Artifact> {
  await mkdir(cacheDirectory, { recursive: true });
  const original = await fetchFile(wanted, cacheDirectory, signal);
  const isZip = /\.(zip|jar|war|whl)$/i.test(nameOf(locate(wanted.source)));
  const file = isZip ? await convert(original, cacheDirectory, signal) : original;
  const entries = await listCached(file, cacheDirectory, signal);
  return Object.freeze({ kind: 'artifact', source: wanted.source, file, format: 'tar.gz', entries });
}

async function convert(zip: LocalFile, cacheDirectory: string, signal: AbortSignal | undefined): Promise<LocalFile> {
  const folder = join(cacheDirectory, shortHash(`tar of ${zip.sha256}`));
  const path = join(folder, `${basename(zip.path).replace(/\.[^.]*$/, '')}.tar.gz`);
  const cached = await hashFile(path, cacheDirectory).catch(() => undefined);
  if (cached !== undefined) return cached;
  await mkdir(folder, { recursive: true });
  await writeAtomically(path, part => zipToTar(zip.path, part, signal));
  return hashFile(path, cacheDirectory);
}
