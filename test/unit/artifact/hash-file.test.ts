// Digests of files: right, and remembered only while the file is surely the same.
import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestFile, hashFile } from '../../../src/artifact/hash-file.ts';
import { projectRoot } from '../../support/project-root.ts';

describe('src/artifact/hash-file', () => {
  /** A file that nobody has touched for a while. */
  const old = process.execPath;
  let memory: string;
  beforeEach(() => {
    memory = mkdtempSync(join(tmpdir(), 'tsplay-digests-'));
  });
  afterEach(() => rmSync(memory, { recursive: true }));

  const notes = (): readonly string[] => readdirSync(memory).map(name => join(memory, name));

  it('says size and digest, whatever the algorithm', async () => {
    const path = join(projectRoot(), 'package.json');
    const bytes = readFileSync(path);
    for (const algorithm of ['md5', 'sha512'] as const)
      deepEqual(await digestFile(path, algorithm, memory), {
        digest: createHash(algorithm).update(bytes).digest('hex'),
        size: bytes.length,
      });
    await rejects(hashFile(join(memory, 'none'), memory), /cannot be read/);
  });

  it('remembers a file that has been as it is for a while, by algorithm', async () => {
    const { sha256 } = await hashFile(old, memory);
    await digestFile(old, 'sha1', memory);
    equal(notes().length, 2);
    for (const note of notes()) writeFileSync(note, readFileSync(note, 'utf8').replace(sha256, 'remembered'));
    equal((await hashFile(old, memory)).sha256, 'remembered');
    equal((await hashFile(old)).sha256, sha256);
  });

  it('reads a file again once the file system says that it is another, and when the note is of no use', async () => {
    const { sha256 } = await hashFile(old, memory);
    const [note = ''] = notes();
    const kept = readFileSync(note, 'utf8').replace(sha256, 'wrong');
    writeFileSync(note, kept.replace(/"sign":"\d+/, '"sign":"0'));
    equal((await hashFile(old, memory)).sha256, sha256);
    writeFileSync(note, 'no JSON');
    equal((await hashFile(old, memory)).sha256, sha256);
  });

  it('does not remember what was written just now', async () => {
    const path = join(memory, 'new');
    writeFileSync(path, 'new');
    await hashFile(path, memory);
    deepEqual(notes(), [path]);
  });
});
