// Archives that are made to fill a disk: refused while they are read, whatever their format.
import { deepEqual, doesNotThrow, equal, rejects, throws } from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchArtifact } from '../../../src/artifact/fetch-artifact.ts';
import { watchGrowth } from '../../../src/artifact/growth.ts';
import { listTar } from '../../../src/artifact/list-tar.ts';
import { zipToTar } from '../../../src/artifact/zip-to-tar.ts';
import { writeTar } from './write-tar.ts';
import { zipOf } from './write-zip.ts';

const FILLS = /unpacks to more than \d+, as those do that are made to fill a disk/;

describe('src/artifact/growth', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tsplay-growth-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  it('lets an archive grow freely to a size, and beyond it to a multiple of its own', () => {
    const limits = { free: 1000, times: 10, entries: 2 };
    doesNotThrow(() => watchGrowth(10, limits).bytes(1000));
    throws(() => watchGrowth(10, limits).bytes(1001), FILLS);
    doesNotThrow(() => watchGrowth(200, limits).bytes(2000));
    const growth = watchGrowth(200, limits);
    growth.bytes(1500);
    throws(() => growth.bytes(501), FILLS);
    growth.entry();
    growth.entry();
    throws(() => growth.entry(), /more than 2 entries/);
  });

  it('refuses a tar of zeros', async () => {
    const path = join(root, 'zeros.tar.gz');
    await writeTar(path, [{ name: 'zeros', content: '\0'.repeat(4_000_000) }]);
    const packed = statSync(path).size;
    await rejects(listTar(path, undefined, { free: 1000, times: 100, entries: 10 }), FILLS);
    equal((await listTar(path, undefined, { free: 4_000_000, times: 1, entries: 10 }))[0]?.size, 4_000_000);
    equal(packed < 40_000, true);
  });

  it('refuses a zip by what it says of itself, and leaves nothing of it', async () => {
    const zip = join(root, 'bomb.zip');
    writeFileSync(zip, zipOf([{ name: 'a', mode: 0o100644, content: 'x'.repeat(2000) }]));
    await rejects(zipToTar(zip, join(root, 'a.tar.gz'), undefined, { free: 1000, times: 0.1, entries: 10 }), FILLS);
    await rejects(zipToTar(zip, join(root, 'b.tar.gz'), undefined, { free: 1_000_000, times: 1, entries: 0 }), /more than 0 entries/);
  });

  it('refuses a zip that holds more than it says', async () => {
    const zip = join(root, 'liar.zip');
    const bytes = Buffer.from(zipOf([{ name: 'a', mode: 0o100644, content: 'x'.repeat(2000) }]));
    // The uncompressed size, in the central directory.
    bytes.writeUInt32LE(1000, bytes.indexOf('PK\x01\x02') + 24);
    writeFileSync(zip, bytes);
    const cache = join(root, 'cache');
    await rejects(fetchArtifact({ source: zip }, cache));
    deepEqual(existsSync(join(root, 'liar.tar.gz')), false);
  });

  it('refuses a link that leads to a name without end', async () => {
    const zip = join(root, 'link.zip');
    writeFileSync(zip, zipOf([{ name: 'a', mode: 0o120777, content: 'x'.repeat(5000) }]));
    await rejects(zipToTar(zip, join(root, 'a.tar.gz')), /the link a, which leads to a name of 5000 bytes/);
  });
});
