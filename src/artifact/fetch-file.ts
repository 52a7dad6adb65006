// Files for hosts: fetched or found, checked and pinned by hash on the controller, before a host hears of them.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalFile } from '../schema/resolved.ts';
import { shortHash, writeAtomically } from './cache.ts';
import { download } from './download.ts';
import { expectedChecksum, verifyChecksum } from './expected.ts';
import { hashFile } from './hash-file.ts';
import { locate, nameOf, type Location } from './location.ts';

/** A file or an archive as an author names it. */
export interface ArtifactSource {
  /** `http(s)://`, `file://`, or a path on the controller. */
  readonly source: string;
  /** `sha512:<hex>`, digits alone, or where the project's checksum file is. */
  readonly checksum?: string | undefined;
  /** The same file elsewhere, tried in order when the source cannot be had. */
  readonly mirrors?: readonly string[] | undefined;
}

/**
 * The file as it is, from the cache where it was fetched before. What is downloaded is checked before it is kept; files of the
 * controller are not copied.
 * @throws Error with words for a person: not to be had, wrong checksum
 */
export async function fetchFile(wanted: ArtifactSource, cacheDirectory: string, signal?: AbortSignal): Promise<LocalFile> {
  const location = locate(wanted.source);
  return location.kind === 'path'
    ? findFile(wanted, location, cacheDirectory, signal)
    : downloadFile(wanted, location, cacheDirectory, signal);
}

async function findFile(
  wanted: ArtifactSource,
  location: Location & { readonly kind: 'path' },
  cacheDirectory: string,
  signal: AbortSignal | undefined,
): Promise<LocalFile> {
  const file = await hashFile(location.path, cacheDirectory);
  const expected = await expectedChecksum(wanted, nameOf(location), signal);
  await verifyChecksum(file, expected, wanted.source, cacheDirectory);
  return file;
}

async function downloadFile(
  wanted: ArtifactSource,
  location: Location & { readonly kind: 'url' },
  cacheDirectory: string,
  signal: AbortSignal | undefined,
): Promise<LocalFile> {
  const folder = join(cacheDirectory, shortHash(`${wanted.source}\n${wanted.checksum ?? ''}`));
  const path = join(folder, nameOf(location));
  const cached = await hashFile(path, cacheDirectory).catch(() => undefined);
  if (cached !== undefined) return cached;
  const expected = await expectedChecksum(wanted, nameOf(location), signal);
  await mkdir(folder, { recursive: true });
  await writeAtomically(path, async part => {
    await downloadAny([wanted.source, ...(wanted.mirrors ?? [])], part, signal);
    await verifyChecksum(await hashFile(part), expected, wanted.source);
  });
  return hashFile(path, cacheDirectory);
}

async function downloadAny(sources: readonly string[], path: string, signal: AbortSignal | undefined): Promise<void> {
  const problems: string[] = [];
  for (const source of sources) {
    try {
      await download(new URL(source), path, signal);
      return;
    } catch (error) {
      if (signal?.aborted === true) throw error;
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(problems.join('; '));
}
