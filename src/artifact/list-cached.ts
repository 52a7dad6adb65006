// The list of what is in an archive, read once per content and kept in the cache.
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ArchiveEntry, LocalFile } from '../schema/resolved.ts';
import { deepFreeze } from '../util/freeze.ts';
import { writeAtomically } from './cache.ts';
import { UnsafeArchiveError } from './entries.ts';
import { listTar } from './list-tar.ts';

/** Changes when a list holds something else than before. */
const VERSION = 1;

/** What is in a gzipped tar archive. @throws Error in words when it is no such archive, is damaged, or is unsafe to unpack */
export async function listCached(file: LocalFile, cacheDirectory: string, signal?: AbortSignal): Promise<readonly ArchiveEntry[]> {
  const path = join(cacheDirectory, `entries-${VERSION}-${file.sha256}.json`);
  const cached = await readFile(path, 'utf8').catch(() => undefined);
  if (cached !== undefined) return deepFreeze(JSON.parse(cached) as readonly ArchiveEntry[]);
  const entries = await list(file, signal);
  await writeAtomically(path, part => writeFile(part, JSON.stringify(entries)));
  return deepFreeze(entries);
}

async function list(file: LocalFile, signal: AbortSignal | undefined): Promise<readonly ArchiveEntry[]> {
  try {
    return await listTar(file.path, signal);
  } catch (error) {
    if (error instanceof UnsafeArchiveError || signal?.aborted === true) throw error;
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`${basename(file.path)} is not a gzipped tar or zip archive, or is damaged: ${words}`, { cause: error });
  }
}
