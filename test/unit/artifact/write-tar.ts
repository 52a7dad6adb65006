// Writes small archives for tests.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Header } from 'tar-stream';

/** An entry: a folder when its name ends with a slash, a link when it has a `linkname`, else a file. */
export type Packed = Partial<Header> & { readonly name: string; readonly content?: string };

/** Writes a gzipped tar archive. */
export async function writeTar(path: string, entries: readonly Packed[]): Promise<void> {
  const output = pack();
  for (const { content, ...header } of entries) {
    const type = header.type ?? (header.name.endsWith('/') ? 'directory' : header.linkname === undefined ? 'file' : 'symlink');
    const full = { mtime: new Date(1e12), ...header, type };
    if (type === 'file') output.entry(full, content ?? '');
    else output.entry(full);
  }
  output.finalize();
  await pipeline(output, createGzip(), createWriteStream(path));
}
