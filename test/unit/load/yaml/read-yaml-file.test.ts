// YAML from the disk: what cannot be read is said in words.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../../../src/errors/errors.ts';
import { readYamlFile } from '../../../../src/load/yaml/read-yaml-file.ts';
import { toValue } from '../../../../src/load/yaml/to-value.ts';

describe('load/yaml/read-yaml-file', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tsplay-yaml-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function read(bytes: Uint8Array): Promise<unknown> {
    const path = join(folder, 'f.yml');
    await writeFile(path, bytes);
    try {
      const node = readYamlFile(path, 'f.yml');
      return node && toValue(node);
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
  }

  it('reads UTF-8 with and without a byte order mark', async () => {
    assert.deepEqual(await read(Buffer.from('a: größe\n')), { a: 'größe' });
    assert.deepEqual(await read(Buffer.from('\uFEFFa: 1\n')), { a: 1 });
  });

  it('refuses other encodings and names the line', async () => {
    assert.equal(
      await read(Buffer.from('a: 1\nb: gr\xf6\xdfe\n', 'latin1')),
      'f.yml:2:1  this line holds bytes that are not UTF-8, save the file as UTF-8',
    );
    assert.equal(await read(Buffer.from('\uFEFFa: 1\n', 'utf16le')), 'f.yml:1:1  the file is UTF-16, save it as UTF-8');
  });

  it('says why a file cannot be read', () => {
    const missing = { name: 'InputError', message: 'cannot read nope.yml: there is no such file' };
    assert.throws(() => readYamlFile(join(folder, 'nope.yml'), 'nope.yml'), missing);
    assert.throws(() => readYamlFile(folder, 'x'), { name: 'InputError', message: 'cannot read x: this is a directory, not a file' });
  });
});
