// A file of the controller with its size and hashes. What was hashed once is not read again while the file is the same.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { LocalFile } from '../schema/resolved.ts';
import { shortHash, writeAtomically } from './cache.ts';
import type { Algorithm } from './checksum.ts';

/** A digest, and how many bytes it is of. */
interface Digest {
  readonly digest: string;
  readonly size: number;
}

/** Nanoseconds that a file has to be old before its digest is remembered: within them it could be written again without a sign of it. */
const SETTLED = 2_000_000_000n;

/**
 * The digest of a file in lower-case hex.
 * @param memory a folder that only this user writes to, where digests are remembered by what the file system says of the file
 * @throws Error in words when it cannot be read
 */
export async function digestFile(path: string, algorithm: Algorithm, memory?: string): Promise<Digest> {
  if (memory === undefined) return readDigest(path, algorithm);
  const note = join(memory, `digest-${shortHash(`${algorithm} ${resolve(path)}`)}.json`);
  const before = await signOf(path);
  const known = await readNote(note);
  if (known !== undefined && before !== undefined && known.sign === before.text) return { digest: known.digest, size: known.size };
  const found = await readDigest(path, algorithm);
  const isSettled = before !== undefined && BigInt(Date.now()) * 1_000_000n - before.changed > SETTLED;
  if (isSettled && (await signOf(path))?.text === before.text)
    await writeAtomically(note, part => writeFile(part, JSON.stringify({ sign: before.text, ...found }))).catch(() => undefined);
  return found;
}

/** The file, pinned by its hash. @throws Error in words when it cannot be read */
export async function hashFile(path: string, memory?: string): Promise<LocalFile> {
  const { digest, size } = await digestFile(path, 'sha256', memory);
  return Object.freeze({ kind: 'file', path, size, sha256: digest });
}

async function readDigest(path: string, algorithm: Algorithm): Promise<Digest> {
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

/** What differs as soon as a file is written, replaced or renamed: nobody sets the time of the last change but the kernel. */
async function signOf(path: string): Promise<{ readonly text: string; readonly changed: bigint } | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return undefined;
  return { text: [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' '), changed: found.ctimeNs };
}

async function readNote(note: string): Promise<(Digest & { readonly sign: string }) | undefined> {
  try {
    return JSON.parse(await readFile(note, 'utf8')) as Digest & { readonly sign: string };
  } catch {
    return undefined;
  }
}
