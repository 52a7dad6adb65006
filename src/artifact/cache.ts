// Files of the controller's cache: each appears whole or not at all, whoever else is at it.
import { createHash, randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';

/** A name for what a text stands for. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Lets `write` fill a file beside `path`, then renames it there. Nothing is left behind when it fails. */
export async function writeAtomically(path: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    await write(part);
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}
