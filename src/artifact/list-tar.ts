// Reading what is in a tar archive, gzipped or not: one pass, every file hashed on the way.
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract, type Header } from 'tar-stream';
import type { ArchiveEntry } from '../schema/resolved.ts';
import { completeEntries, entryMode, entryPath, UnsafeArchiveError } from './entries.ts';
import { watchGrowth, type Growth, type GrowthLimits } from './growth.ts';

/** Everything in a gzipped tar archive. @throws UnsafeArchiveError; Error when it is no such archive or is damaged */
export async function listTar(path: string, signal?: AbortSignal, limits?: GrowthLimits): Promise<readonly ArchiveEntry[]> {
  const growth = watchGrowth(statSync(path).size, limits);
  const reader = extract();
  const fed = pipeline(createReadStream(path), createGunzip(), reader, { signal });
  const [listed] = await Promise.all([readAll(reader, growth), fed]);
  return completeEntries([...listed.values()]);
}

async function readAll(reader: Extract, growth: Growth): Promise<ReadonlyMap<string, ArchiveEntry>> {
  const listed = new Map<string, ArchiveEntry>();
  for await (const source of reader) {
    growth.entry();
    const hash = createHash('sha256');
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      growth.bytes(chunk.length);
      hash.update(chunk);
    }
    const entry = readEntry(source.header, hash.digest('hex'), listed);
    listed.set(entry.path, entry);
  }
  return listed;
}

function readEntry(header: Header, sha256: string, listed: ReadonlyMap<string, ArchiveEntry>): ArchiveEntry {
  const path = entryPath(header.name);
  const mode = entryMode(header.mode);
  switch (header.type) {
    case 'directory':
      return { path, type: 'directory', mode, size: 0 };
    case 'symlink':
      return { path, type: 'link', mode: '0777', size: 0, target: header.linkname };
    case 'file':
    case 'contiguous-file':
      return { path, type: 'file', mode, size: header.size, sha256 };
    case 'link': {
      const first = listed.get(entryPath(header.linkname));
      if (first?.type !== 'file')
        throw new UnsafeArchiveError(`the archive has ${path} as another name of ${header.linkname}, which is not a file in it`);
      return { ...first, path };
    }
    case 'block-device':
    case 'character-device':
    case 'fifo':
    default:
      // Devices and pipes, and what later formats may add.
      throw new UnsafeArchiveError(`the archive has ${path}, which is neither file nor folder nor link`);
  }
}
