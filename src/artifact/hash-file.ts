// A file of the controller with its size and hashes.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { LocalFile } from '../schema/resolved.ts';
import type { Algorithm } from './checksum.ts';

/** The digest of a file in lower-case hex. @throws Error in words when it cannot be read */
export async function digestFile(path: string, algorithm: Algorithm): Promise<{ readonly digest: string; readonly size: number }> {
  const hash = createHash(algorithm);
  let size = 0;
  try {
    await pipeline(createReadStream(path), async chunks => {
      for await (const chunk of chunks as AsyncIterable<Uint8Array>) {
        hash.update(chunk);
        size += chunk.length;
      }
    });
  } catch (error) {
    throw new Error(`the file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  return { digest: hash.digest('hex'), size };
}

/** The file, pinned by its hash. @throws Error in words when it cannot be read */
export async function hashFile(path: string): Promise<LocalFile> {
  const { digest, size } = await digestFile(path, 'sha256');
  return Object.freeze({ kind: 'file', path, size, sha256: digest });
}
