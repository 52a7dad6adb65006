// The table of stand-in archives and what it names: every ingredient is there, none is left over, none hides another.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseChecksum } from '../../../src/artifact/checksum.ts';
import { ARCHIVES, findArchive, type Archive } from '../../../src/lab/artifacts/archives.ts';
import { artifactData } from '../../../src/lab/artifacts/artifact-data.ts';
import { formatChecksum } from '../../../src/lab/artifacts/digest.ts';
import { fileName, readJarList } from '../../../src/lab/artifacts/maven.ts';

const folders = (archive: Archive): readonly string[] => archive.parts.flatMap(part => (part.kind === 'files' ? [part.folder] : []));
const lists = (archive: Archive): readonly string[] => archive.parts.flatMap(part => (part.kind === 'jars' ? [part.list] : []));

/** Paths of the files below a folder, relative to it. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

describe('src/lab/artifacts/archives', () => {
  it('has each archive once', () => {
    const names = ARCHIVES.map(archive => archive.name);
    assert.deepEqual([...new Set(names)], names);
    for (const name of names) assert.equal(findArchive(name).name, name);
    assert.throws(() => findArchive('kafka.tgz'), /the lab has no archive kafka\.tgz, it has .*kafka_2\.11-2\.2\.0\.tgz/);
  });

  for (const archive of ARCHIVES) {
    describe(archive.name, () => {
      it('pins every jar, and no file name twice', async () => {
        for (const list of lists(archive)) {
          const pins = await readJarList(list);
          const files = Object.keys(pins).map(fileName);
          assert.ok(files.length > 0);
          assert.deepEqual([...new Set(files)], files);
          for (const [coordinate, sha256] of Object.entries(pins)) assert.match(sha256, /^[0-9a-f]{64}$/, coordinate);
        }
      });

      it('puts no file of ours over another', () => {
        const files = folders(archive).flatMap(folder => filesBelow(artifactData('files', folder)));
        assert.deepEqual(
          files.filter((file, index) => files.indexOf(file) !== index),
          [],
        );
      });

      it('has a checksum file in the layout of its project', () => {
        const { algorithm, layout } = archive.checksum;
        const digest = 'a1'.repeat(algorithm === 'sha512' ? 64 : 32);
        assert.deepEqual(parseChecksum(formatChecksum(archive.name, digest, layout), archive.name, algorithm), { algorithm, digest });
      });
    });
  }

  it('uses every list of jars and every folder of files', () => {
    const used = new Set(ARCHIVES.flatMap(archive => [...lists(archive).map(list => `${list}.json`), ...folders(archive)]));
    const there = [...readdirSync(artifactData('jars')), ...readdirSync(artifactData('files'))];
    assert.deepEqual(
      there.filter(name => !used.has(name)),
      [],
    );
  });

  it('has launchers that any POSIX shell reads', () => {
    const root = artifactData('files');
    for (const file of filesBelow(root).filter(name => name.endsWith('.sh'))) {
      assert.match(readFileSync(join(root, file), 'utf8'), /^#!\/bin\/sh\n# /, file);
      const { status, stderr } = spawnSync('/bin/sh', ['-n', join(root, file)], { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    }
  });
});
