// What the cases send to the hosts: files, templates and archives, the same at every run.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTar } from '../../unit/artifact/write-tar.ts';
import { zipOf } from '../../unit/artifact/write-zip.ts';

/** More than what travels inside a frame, and nothing that gzip could make smaller than that. */
const LARGE = 200 * 1024;

/** Bytes of every value, NUL among them. */
export const BLOB = noise(LARGE);
/** A kilobyte of the same, small enough for a frame; it ends without a line end. */
export const SMALL_BLOB = BLOB.subarray(0, 1021);
/** A long text in several scripts. */
export const LONG_TEXT = 'größer als 64 KiB, 本当に, с запасом\n'.repeat(3000);

/** A short text. */
const WORDS = 'first größe\nsecond\n';

export const GREETING = 'hello {{ inventory_hostname }}\nheap = {{ heap }}\n';

/** Writes them into a folder. @returns variables that name them */
export async function writeMaterials(folder: string): Promise<Readonly<Record<string, string>>> {
  for (const name of ['files', 'templates']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'files', 'blob.bin'), BLOB);
  writeFileSync(join(folder, 'files', 'small.bin'), SMALL_BLOB);
  writeFileSync(join(folder, 'files', 'words.txt'), WORDS);
  writeFileSync(join(folder, 'templates', 'greeting.hbs'), GREETING);
  const tree = join(folder, 'tree.tar.gz');
  const text = noise(LARGE).toString('base64');
  await writeTar(tree, [
    { name: 'tree/' },
    { name: 'tree/bin/', mode: 0o750 },
    { name: 'tree/bin/run', mode: 0o755, content: '#!/bin/sh\necho run\n' },
    { name: 'tree/current', linkname: 'bin/run' },
    { name: 'tree/conf/' },
    { name: 'tree/conf/tree.conf', content: 'port = 1\n' },
    { name: 'tree/lib/' },
    { name: "tree/lib/a name with 'quotes' and ünïcode", content: 'odd\n' },
    { name: 'tree/lib/large', content: text },
    { name: 'tree/lib/small', content: 'small\n' },
  ]);
  const zip = join(folder, 'pack.zip');
  writeFileSync(
    zip,
    zipOf([
      { name: 'pack-1.0/', mode: 0o040755 },
      { name: 'pack-1.0/run.sh', mode: 0o100755, content: '#!/bin/sh\necho pack\n' },
      { name: 'pack-1.0/data/', mode: 0o040755 },
      { name: 'pack-1.0/data/large', mode: 0o100644, content: text },
      { name: 'pack-1.0/conf/', mode: 0o040755 },
      { name: 'pack-1.0/conf/pack.conf', mode: 0o100644, content: 'mine\n' },
    ]),
  );
  writeFileSync(`${zip}.sha256`, `${digest('sha256', readFileSync(zip))}  pack.zip\n`);
  return {
    heap: '128',
    tree,
    tree_checksum: `sha512:${digest('sha512', readFileSync(tree))}`,
    tree_digest: digest('sha256', readFileSync(tree)),
    pack: zip,
    pack_checksum: `${zip}.sha256`,
    long_text: LONG_TEXT,
  };
}

/** What is said of new content: the short digest. */
export function shortDigest(content: string | Uint8Array): string {
  return JSON.stringify(`sha256:${digest('sha256', content).slice(0, 12)}`);
}

function digest(algorithm: string, content: string | Uint8Array): string {
  return createHash(algorithm).update(content).digest('hex');
}

function noise(size: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, index) => createHash('sha256').update(`block ${index}`).digest());
  return Buffer.concat(blocks).subarray(0, size);
}
