// A zip archive made a gzipped tar on the controller, so that a host needs only tar and gzip. The same zip gives the same bytes.
import { createWriteStream, statSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { entryMode, entryPath, UnsafeArchiveError } from './entries.ts';
import { watchGrowth, type Growth, type GrowthLimits } from './growth.ts';

/** Writes the contents of a zip archive as a gzipped tar archive. @throws UnsafeArchiveError; Error when the zip is damaged */
export async function zipToTar(zip: string, tar: string, signal?: AbortSignal, limits?: GrowthLimits): Promise<void> {
  const archive = await openPromise(zip, { autoClose: false });
  try {
    const output = pack();
    const written = pipeline(output, createGzip(), createWriteStream(tar), { signal });
    await Promise.all([written, copyEntries(archive, output, watchGrowth(statSync(zip).size, limits))]);
  } finally {
    archive.close();
  }
}

async function copyEntries(archive: ZipFile, output: Pack, growth: Growth): Promise<void> {
  try {
    for await (const entry of archive.eachEntry()) {
      growth.entry();
      // yauzl fails an entry that turns out to be of another size than it says.
      growth.bytes(entry.uncompressedSize);
      await copyEntry(archive, entry, output);
    }
    output.finalize();
  } catch (error) {
    output.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** The file type in the upper half of a Unix entry's attributes. */
const TYPE_MASK = 0o170000;
const LINK = 0o120000;
/** As Linux has it. */
const LONGEST_LINK = 4096;

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
  const source = await archive.openReadStreamPromise(entry);
  const size = entry.uncompressedSize;
  if ((attributes & TYPE_MASK) !== LINK) {
    await pipeline(source, output.entry({ name, mode, mtime, type: 'file', size }));
    return;
  }
  if (size > LONGEST_LINK) throw new UnsafeArchiveError(`the archive has the link ${name}, which leads to a name of ${size} bytes`);
  await add(output, { name, mode, mtime, type: 'symlink', linkname: (await buffer(source)).toString('utf8') });
}

function add(output: Pack, header: Parameters<Pack['entry']>[0]): Promise<void> {
  return new Promise((resolve, reject) => {
    output.entry(header, (error?: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
