// The package facts read on this machine where it has dpkg, under every shell that hosts have.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { packageCandidate } from '../../../src/facts/package/candidate.ts';
import { packageContents } from '../../../src/facts/package/contents.ts';
import { packageIndexComplete } from '../../../src/facts/package/index-complete.ts';
import { packageIndex } from '../../../src/facts/package/index-age.ts';
import { packageInstalled } from '../../../src/facts/package/installed.ts';
import { packageManager } from '../../../src/facts/package/manager.ts';
import { packageRemoval } from '../../../src/facts/package/removal.ts';
import { readUnder, runUnder, shellsHere } from '../host/shells.ts';
import { skipBecause } from '../../support/skip.ts';

const hasDpkg = spawnSync('dpkg-query', ['--version']).error === undefined;

for (const shell of shellsHere) {
  describe(`facts/package under ${shell}`, () => {
    before(function () {
      if (!hasDpkg) skipBecause(this, 'this machine has no dpkg');
    });

    it('reads the manager', () => {
      assert.equal(readUnder(shell, packageManager({})).name, 'apt');
    });

    it('reads what is installed and what is not', () => {
      assert.equal(readUnder(shell, packageInstalled({ name: 'dpkg' })).installed, true);
      assert.match(readUnder(shell, packageInstalled({ name: 'dpkg' })).version, /^\d/);
      assert.equal(readUnder(shell, packageInstalled({ name: 'no-package-of-this-name' })).installed, false);
    });

    it('offers nothing for what is installed, and for what nobody has', () => {
      assert.deepEqual(readUnder(shell, packageCandidate({ name: 'dpkg' })), { version: '', brings: [] });
      assert.deepEqual(readUnder(shell, packageCandidate({ name: 'no-package-of-this-name' })), { version: '', brings: [] });
    });

    it('looks into no archive of what is installed, or of what nobody has', () => {
      for (const name of ['dpkg', 'no-package-of-this-name'])
        assert.deepEqual(readUnder(shell, packageContents({ name })), { packages: [] });
    });

    it('leaves the caches as they are', () => {
      const times = (): readonly number[] => ['/var/cache/apt', '/var/lib/apt/lists', '/var/lib/dpkg'].map(path => statSync(path).mtimeMs);
      const before = times();
      readUnder(shell, packageCandidate({ name: 'no-package-of-this-name' }));
      assert.deepEqual(times(), before);
    });

    it('reads what goes along with a package, and nothing with one that is not there', () => {
      assert.ok(Array.isArray(readUnder(shell, packageRemoval({ name: 'libc-bin' })).takes));
      assert.deepEqual(readUnder(shell, packageRemoval({ name: 'no-package-of-this-name' })), { takes: [] });
    });

    it('takes no index for older than a century', () => {
      const { fresh } = readUnder(shell, packageIndex({ max_age: 3_000_000_000 }));
      assert.equal(fresh, runUnder(shell, { kind: 'sh', text: 'set -- /var/lib/apt/lists/*_*; test -e "$1"' }).status === 0);
      assert.equal(readUnder(shell, packageIndex({ max_age: 0 })).fresh, false);
      assert.equal(typeof readUnder(shell, packageIndexComplete({})).complete, 'boolean');
    });

    it('reads a host without any package manager', () => {
      const nothing = (ref: { readonly text: string }): string =>
        runUnder(shell, { kind: 'sh', text: `PATH=/nowhere; ${ref.text}` }).stdout;
      assert.equal(nothing(packageManager({}).definition.probe({} as never)).trim(), 'none');
      assert.equal(nothing(packageInstalled({ name: 'x' }).definition.probe({ name: 'x' } as never)), '');
      assert.equal(nothing(packageCandidate({ name: 'x' }).definition.probe({ name: 'x' } as never)), '');
    });
  });
}
