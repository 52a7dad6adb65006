// A zip archive made a gzipped tar on the controller, so that a host needs only tar and gzip. The same zip gives the same bytes.
import { createWriteStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { entryMode, entryPath } from './entries.ts';

/** Writes the contents of a zip archive as a gzipped tar archive. @throws UnsafeArchiveError; Error when the zip is damaged */
export async function zipToTar(zip: string, tar: string, signal?: AbortSignal): Promise<void> {
  const archive = await openPromise(zip, { autoClose: false });
  try {
    const output = pack();
    const written = pipeline(output, createGzip(), createWriteStream(tar), { signal });
    await Promise.all([written, copyEntries(archive, output)]);
  } finally {
    archive.close();
  }
}

async function copyEntries(archive: ZipFile, output: Pack): Promise<void> {
  try {
    for await (const entry of archive.eachEntry()) await copyEntry(archive, entry, output);
    output.finalize();
  } catch (error) {
    output.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** The file type in the upper half of a Unix entry's attributes. */
const TYPE_MASK = 0o170000;
const LINK = 0o120000;

async function copyEntry(archive: ZipFile, entry: Entry, output: Pack): Promise<void> {
  const attributes = entry.externalFileAttributes >>> 16;
  const directory = entry.fileName.endsWith('/');
  const mode = Number.parseInt(entryMode(attributes === 0 ? (directory ? 0o755 : 0o644) : attributes), 8);
  const name = entryPath(entry.fileName);
  const mtime = entry.getLastModDate({ timezone: 'UTC' });
  if (name === '') return;
  if (directory) {
    await add(output, { name, mode, mtime, type: 'directory' });
    return;
  }
  const content = await buffer(await archive.openReadStreamPromise(entry));
  if ((attributes & TYPE_MASK) === LINK) await add(output, { name, mode, mtime, type: 'symlink', linkname: content.toString('utf8') });
  else await add(output, { name, mode, mtime, type: 'file', size: content.length }, content);
}

function add(output: Pack, header: Parameters<Pack['entry']>[0], content?: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => {
      if (error) reject(error);
      else resolve();
    };
    if (content === undefined) output.entry(header, done);
    else output.entry(header, content, done);
  });
}
