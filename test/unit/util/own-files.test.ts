// Only what nobody else could have written is read: as root it would be code of theirs that runs as root.
import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOwnFolder, makeOwnFolder, readOwnFile, writeOwnFile } from '../../../src/util/own-files.ts';
import { skipBecause } from '../../support/skip.ts';

const NOBODY = 65534;

describe('util/own-files', () => {
  let home: string;
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'tsplay-own-')));
    mkdirSync(join(home, 'a', 'b'), { recursive: true, mode: 0o700 });
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const needRoot = (context: Mocha.Context): void => {
    if (process.getuid?.() !== 0) skipBecause(context, 'only root can give files to others');
  };
  const folder = (): string => join(home, 'a', 'b');
  const file = (): string => join(folder(), 'code');

  it('takes a folder of this user, in a temporary folder where others may add files', () => {
    assert.equal(isOwnFolder(folder()), true);
    assert.equal(isOwnFolder(join(home, 'none')), false);
  });

  it('takes no folder that others may write, nor one below such a folder', () => {
    for (const path of ['a/b', 'a', '.']) {
      for (const mode of [0o770, 0o707]) {
        chmodSync(join(home, path), mode);
        assert.equal(isOwnFolder(folder()), false, `${path} ${mode.toString(8)}`);
      }
      chmodSync(join(home, path), 0o700);
    }
    assert.equal(isOwnFolder(folder()), true);
  });

  it('takes no folder of another user, nor one below such a folder', function () {
    needRoot(this);
    for (const path of ['a/b', 'a']) {
      chownSync(join(home, path), NOBODY, 0);
      assert.equal(isOwnFolder(folder()), false, path);
      chownSync(join(home, path), 0, 0);
    }
    assert.equal(isOwnFolder(folder()), true);
  });

  it('looks at where a link leads', () => {
    const link = join(home, 'link');
    symlinkSync(folder(), link);
    assert.equal(isOwnFolder(link), true);
    chmodSync(join(home, 'a'), 0o777);
    assert.equal(isOwnFolder(link), false);
  });

  it('makes a folder that nobody else can look into, and none in a folder of others', () => {
    assert.equal(makeOwnFolder(join(folder(), 'c', 'd')), true);
    for (const path of ['c', 'c/d']) assert.equal(statSync(join(folder(), path)).mode & 0o777, 0o700);
    chmodSync(join(home, 'a'), 0o777);
    assert.equal(makeOwnFolder(join(folder(), 'e')), false);
    assert.deepEqual(readdirSync(folder()), ['c']);
  });

  it('reads what it wrote, which nobody else can read', () => {
    writeOwnFile(file(), Buffer.from('code'));
    writeOwnFile(file(), Buffer.from('new code'));
    assert.equal(readOwnFile(file()).content.toString(), 'new code');
    assert.ok(Math.abs(readOwnFile(file()).changed - Date.now()) < 60_000);
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder()), ['code']);
  });

  it('reads no file that others may write, and no link', () => {
    writeFileSync(file(), 'code');
    for (const mode of [0o620, 0o602]) {
      chmodSync(file(), mode);
      assert.throws(() => readOwnFile(file()), mode.toString(8));
    }
    chmodSync(file(), 0o644);
    assert.equal(readOwnFile(file()).content.toString(), 'code');
    symlinkSync(file(), join(home, 'link'));
    assert.throws(() => readOwnFile(join(home, 'link')));
  });

  it('reads no file of another user', function () {
    needRoot(this);
    writeFileSync(file(), 'code', { mode: 0o600 });
    chownSync(file(), NOBODY, 0);
    assert.throws(() => readOwnFile(file()));
  });

  it('writes nowhere else when a link waits under the temporary name', () => {
    const elsewhere = join(home, 'elsewhere');
    symlinkSync(elsewhere, `${file()}.${process.pid}`);
    assert.throws(() => writeOwnFile(file(), Buffer.from('code')));
    assert.deepEqual(readdirSync(home).sort(), ['a']);
  });
});
