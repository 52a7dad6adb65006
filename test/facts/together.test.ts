// Several facts of a kind read by one command say what each says by itself, in every shell there is.
import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupAccount } from '../../src/facts/account.ts';
import type { FactRef } from '../../src/facts/contract.ts';
import { fileDigest } from '../../src/facts/file/digest.ts';
import { fileLinks } from '../../src/facts/file/links.ts';
import { fileNode } from '../../src/facts/file/node.ts';
import { packageInstalled } from '../../src/facts/package/installed.ts';
import { readFact, runShell, SHELLS, type Shell } from './file/shells.ts';

const ODD = ['plain', '-dash', "it's", ' blanks ', 'new\nline', '$x`y`', '*', 'größe', 'with:colon', 'back\\slash'];

/** What the facts say when they are read by one command. */
function readTogether<V>(shell: Shell, refs: readonly FactRef<V>[]): readonly V[] | undefined {
  const together = refs[0]?.definition.together;
  const all = refs.map(ref => ref.args as never);
  return together?.parse(runShell(shell, together.probe(all)), all);
}

for (const shell of SHELLS) {
  describe(`facts read together in ${shell.join(' ')}`, () => {
    let root: string;
    let paths: readonly string[];
    before(() => {
      root = mkdtempSync(join(tmpdir(), 'tsplay-together-'));
      for (const name of ODD) writeFileSync(join(root, name), name);
      for (const name of ODD) symlinkSync(`${name}\n`, join(root, `${name}.link`));
      mkdirSync(join(root, 'directory'));
      symlinkSync('directory', join(root, 'way'));
      const here = [...ODD, ...ODD.map(name => `${name}.link`), 'directory', 'directory/.', 'way/.', 'no', 'plain/below'];
      paths = here.map(name => join(root, name).replace(/(directory|way)$/, name.endsWith('/.') ? '$1/.' : '$1'));
    });
    after(() => rmSync(root, { recursive: true }));

    it('nodes', () => {
      const refs = paths.map(path => fileNode({ path }));
      deepEqual(
        readTogether(shell, refs),
        refs.map(ref => readFact(shell, ref)),
      );
    });

    it('digests, each by itself where a name has to be escaped', () => {
      const plain = paths.filter(path => !/[\n\\]/.test(path)).map(path => fileDigest({ path }));
      deepEqual(
        readTogether(shell, plain),
        plain.map(ref => readFact(shell, ref)),
      );
      const odd = paths.map(path => fileDigest({ path }));
      const found = readTogether(shell, odd);
      if (found !== undefined)
        deepEqual(
          found,
          odd.map(ref => readFact(shell, ref)),
        );
    });

    it('ways through links', () => {
      const refs = ['', 'way', 'way/further', 'directory', 'no'].map(name => fileLinks({ path: join(root, name) }));
      const found = readTogether(shell, refs);
      deepEqual(
        found,
        refs.map(ref => readFact(shell, ref)),
      );
      equal(found[1]?.at(-1)?.path, join(root, 'way'));
    });

    it('groups and packages', () => {
      const groups = ['root', 'daemon', 'no-such-group', '0'].map(name => groupAccount({ name }));
      const found = readTogether(shell, groups);
      if (found !== undefined)
        deepEqual(
          found,
          groups.map(ref => readFact(shell, ref)),
        );
      const packages = ['dpkg', 'no-such-package', 'libc6', 'coreutils'].map(name => packageInstalled({ name }));
      deepEqual(
        readTogether(shell, packages),
        packages.map(ref => readFact(shell, ref)),
      );
    });

    it('nothing that cannot be told apart', () => {
      notEqual(readTogether(shell, [fileNode({ path: '/' }), fileNode({ path: '/etc' })]), undefined);
      const { together } = fileNode({ path: '/' }).definition;
      const all = [{ path: '/a' }, { path: '/b' }] as never;
      const says = (stdout: string, stderr = '') => together?.parse({ stdout, stderr, status: 0, bytes: new Uint8Array() }, all);
      equal(says('81a4:0:0:5:root:root:/c\n'), undefined);
      equal(says('', "stat: cannot statx '/a': Permission denied\n"), undefined);
      equal(says('a1ff:0:0:5:root:root:/a\n'), undefined);
    });
  });
}
