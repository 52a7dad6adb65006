// The checksum an archive should have, and whether it has it.
import { readFile } from 'node:fs/promises';
import type { LocalFile } from '../schema/resolved.ts';
import { algorithmOfFile, parseChecksum, readChecksum, type Checksum } from './checksum.ts';
import { fetchText } from './download.ts';
import { digestFile } from './hash-file.ts';
import { locate, nameOf } from './location.ts';

/** Reads the checksum an author gives, written out or by URL or path. @throws Error when it says nothing about the file */
export async function expectedChecksum(
  wanted: { readonly source: string; readonly checksum?: string | undefined },
  fileName: string,
  signal?: AbortSignal,
): Promise<Checksum | undefined> {
  if (wanted.checksum === undefined) return undefined;
  const written = readChecksum(wanted.checksum);
  if (written !== undefined) return written;
  const location = locate(wanted.checksum);
  const text = location.kind === 'url' ? await fetchText(location.url, signal) : await readText(location.path);
  const found = parseChecksum(text, fileName, algorithmOfFile(nameOf(location)));
  if (found === undefined)
    throw new Error(`${wanted.checksum} says nothing about ${fileName}; name its checksum file, or write sha512:<hex>`);
  return found;
}

/** @throws Error naming both digests when they differ */
export async function verifyChecksum(file: LocalFile, expected: Checksum | undefined, source: string, memory?: string): Promise<void> {
  if (expected === undefined) return;
  const { digest } = expected.algorithm === 'sha256' ? { digest: file.sha256 } : await digestFile(file.path, expected.algorithm, memory);
  if (digest === expected.digest) return;
  throw new Error(`${source} has the ${expected.algorithm} ${digest}, expected ${expected.digest}; the file is another one, or damaged`);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`the checksum file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
