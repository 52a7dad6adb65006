// Fetching archives: from a path and over HTTP, checked and kept, a zip made a tar, and what is refused.
import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchArtifact } from '../../../src/artifact/fetch-artifact.ts';
import { fetchFile } from '../../../src/artifact/fetch-file.ts';
import { zipOf } from './write-zip.ts';
import { writeTar, type Packed } from './write-tar.ts';

const PACKED: readonly Packed[] = [
  { name: './', mode: 0o755 },
  { name: './zk/bin/run.sh', mode: 0o6755, content: 'run' },
  { name: 'zk/link', linkname: 'bin/run.sh' },
  { name: 'zk/hard', type: 'link', linkname: 'zk/bin/run.sh' },
];
const RUN = createHash('sha256').update('run').digest('hex');

describe('src/artifact/fetch-artifact', () => {
  let root: string;
  let cache: string;
  let archive: string;
  let server: Server;
  let base: string;
  let requests: string[];

  before(async () => {
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      const path = join(root, 'www', request.url ?? '');
      try {
        response.end(readFileSync(path));
      } catch {
        response.writeHead(404).end();
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'tsplay-fetch-'));
    cache = join(root, 'cache');
    requests = [];
    mkdirSync(join(root, 'www'));
    archive = join(root, 'www', 'zk.tar.gz');
    await writeTar(archive, PACKED);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const sha512 = (): string => createHash('sha512').update(readFileSync(archive)).digest('hex');

  it('pins a file of the controller and lists what is in it, implied folders too', async () => {
    const artifact = await fetchArtifact({ source: archive }, cache);
    equal(artifact.file.path, archive);
    equal(artifact.file.sha256, createHash('sha256').update(readFileSync(archive)).digest('hex'));
    deepEqual(artifact.entries, [
      { path: 'zk', type: 'directory', mode: '0755', size: 0 },
      { path: 'zk/bin', type: 'directory', mode: '0755', size: 0 },
      { path: 'zk/bin/run.sh', type: 'file', mode: '0755', size: 3, sha256: RUN },
      { path: 'zk/hard', type: 'file', mode: '0755', size: 3, sha256: RUN },
      { path: 'zk/link', type: 'link', mode: '0777', size: 0, target: 'bin/run.sh' },
    ]);
    deepEqual(await fetchArtifact({ source: `file://${archive}` }, cache), { ...artifact, source: `file://${archive}` });
  });

  it('downloads once, checked by the checksum file beside it', async () => {
    writeFileSync(`${archive}.sha512`, `${sha512()}  zk.tar.gz\n`);
    const wanted = { source: `${base}/zk.tar.gz`, checksum: `${base}/zk.tar.gz.sha512` };
    const artifact = await fetchArtifact(wanted, cache);
    match(artifact.file.path, /cache\/[0-9a-f]{32}\/zk\.tar\.gz$/);
    equal(artifact.entries.length, 5);
    deepEqual(requests, ['/zk.tar.gz.sha512', '/zk.tar.gz']);
    deepEqual(await fetchArtifact(wanted, cache), artifact);
    equal(requests.length, 2);
  });

  it('takes a file as it is, whatever its name, and an archive too', async () => {
    writeFileSync(join(root, 'www', 'driver.jar'), 'no archive');
    const wanted = { source: `${base}/driver.jar`, checksum: createHash('sha1').update('no archive').digest('hex') };
    const file = await fetchFile(wanted, cache);
    match(file.path, /cache\/[0-9a-f]{32}\/driver\.jar$/);
    equal(readFileSync(file.path, 'utf8'), 'no archive');
    deepEqual(await fetchFile(wanted, cache), file);
    deepEqual(requests, ['/driver.jar']);
    equal((await fetchFile({ source: archive }, cache)).path, archive);
    await rejects(fetchFile({ source: archive, checksum: wanted.checksum }, cache), /has the sha1 .*, expected /);
  });

  it('keeps nothing of a download with the wrong checksum', async () => {
    const checksum = `sha512:${'0'.repeat(128)}`;
    await rejects(
      fetchArtifact({ source: `${base}/zk.tar.gz`, checksum }, cache),
      /has the sha512 [0-9a-f]{128}, expected 0{128}; the file is another one, or damaged/,
    );
    deepEqual(
      readdirSync(cache, { recursive: true }).filter(name => String(name).includes('zk')),
      [],
    );
    await rejects(fetchArtifact({ source: archive, checksum }, cache), /expected 0{128}/);
  });

  it('goes on to a mirror, and names every place when none has it', async () => {
    const artifact = await fetchArtifact({ source: `${base}/gone/zk.tar.gz`, mirrors: [`${base}/zk.tar.gz`] }, cache);
    equal(artifact.entries.length, 5);
    await rejects(
      fetchArtifact({ source: `${base}/a.tgz`, mirrors: [`${base}/b.tgz`] }, cache),
      /a\.tgz answered 404 Not Found; .*b\.tgz answered 404/,
    );
    await rejects(fetchArtifact({ source: 'http://127.0.0.1:1/a.tgz' }, cache), /cannot be reached: .+/);
  });

  it('says when a checksum file is of no use', async () => {
    writeFileSync(`${archive}.sha512`, 'nothing here\n');
    await rejects(
      fetchArtifact({ source: archive, checksum: `${archive}.sha512` }, cache),
      /says nothing about zk\.tar\.gz; name its checksum file/,
    );
    await rejects(fetchArtifact({ source: archive, checksum: join(root, 'no') }, cache), /the checksum file .*no cannot be read/);
  });

  it('makes a zip a tar, the same bytes each time', async () => {
    const zip = join(root, 'es.zip');
    writeFileSync(
      zip,
      zipOf([
        { name: 'es/', mode: 0o40755 },
        { name: 'es/bin/run', mode: 0o100755, content: 'run' },
        { name: 'es/link', mode: 0o120777, content: 'bin/run' },
        { name: 'es/plain', mode: 0, content: 'x' },
      ]),
    );
    const artifact = await fetchArtifact({ source: zip }, cache);
    equal(artifact.format, 'tar.gz');
    deepEqual(
      artifact.entries.map(entry => `${entry.type} ${entry.mode} ${entry.path}`),
      ['directory 0755 es', 'directory 0755 es/bin', 'file 0755 es/bin/run', 'link 0777 es/link', 'file 0644 es/plain'],
    );
    equal(execFileSync('tar', ['-xzOf', artifact.file.path, 'es/bin/run'], { encoding: 'utf8' }), 'run');
    equal((await fetchArtifact({ source: zip }, join(root, 'other'))).file.sha256, artifact.file.sha256);
  });

  const unsafe: Readonly<Record<string, readonly Packed[]>> = {
    'the archive has an entry that leads out of it: "../x"': [{ name: '../x', content: '' }],
    'the archive has an entry that leads out of it: "a/../../x"': [{ name: 'a/../../x', content: '' }],
    'the archive has an entry that leads out of it: "/etc/x"': [{ name: '/etc/x', content: '' }],
    'the archive has the link a/l, which leads out of it, to "../../x"': [{ name: 'a/l', linkname: '../../x' }],
    'the archive has the link l, which leads out of it, to "/etc"': [{ name: 'l', linkname: '/etc' }],
    'the archive has the entry l/x behind l, which is not a folder': [
      { name: 'l', linkname: 'a' },
      { name: 'l/x', content: '' },
    ],
    'the archive has dev, which is neither file nor folder nor link': [{ name: 'dev', type: 'character-device' }],
    'the archive has an entry with control characters in its name: "a\\nb"': [{ name: 'a\nb', content: '' }],
    'the archive has x as another name of gone, which is not a file in it': [{ name: 'x', type: 'link', linkname: 'gone' }],
  };
  for (const [words, entries] of Object.entries(unsafe)) {
    it(`refuses: ${words}`, async () => {
      await writeTar(archive, entries);
      await rejects(fetchArtifact({ source: archive }, cache), { message: words });
    });
  }

  it('says what is no archive, damaged, or not there', async () => {
    writeFileSync(join(root, 'page.tar.gz'), '<html>');
    await rejects(
      fetchArtifact({ source: join(root, 'page.tar.gz') }, cache),
      /page\.tar\.gz is not a gzipped tar or zip archive, or is damaged: /,
    );
    writeFileSync(archive, readFileSync(archive).subarray(0, 60));
    await rejects(fetchArtifact({ source: archive }, cache), /zk\.tar\.gz is not a gzipped tar or zip archive, or is damaged: /);
    await rejects(fetchArtifact({ source: join(root, 'no.tgz') }, cache), /the file .*no\.tgz cannot be read/);
    await rejects(fetchArtifact({ source: 'ftp://x/y.tgz' }, cache), /begins with ftp:\/\/; give an http, https or file URL/);
  });
});
