// archive.unpack on this machine, in every shell it has: what lies there afterwards is exactly what was promised, and damage is mended.
import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchArtifact } from '../../../src/artifact/fetch-artifact.ts';
import { archiveUnpack } from '../../../src/modules/archive/unpack.ts';
import type { Artifact } from '../../../src/schema/resolved.ts';
import { writeTar, type Packed } from '../../unit/artifact/write-tar.ts';
import { SHELLS } from '../../facts/file/shells.ts';
import { ask, converge } from '../file/carry-out.ts';

const PACKED: readonly Packed[] = [
  { name: 'zk-1/', mode: 0o775 },
  { name: 'zk-1/bin/run.sh', mode: 0o4755, content: '#!/bin/sh\n' },
  { name: 'zk-1/conf/zoo_sample.cfg', mode: 0o640, content: 'tickTime=2000\n' },
  { name: "zk-1/lib/it's a jar.jar", mode: 0o644, content: 'jar' },
  { name: 'zk-1/lib/link.jar', linkname: "it's a jar.jar" },
  { name: 'zk-1/empty/', mode: 0o700 },
  { name: `zk-1/docs/${'long-'.repeat(16)}/${'name-'.repeat(5)}.txt`, mode: 0o600, content: 'long' },
];

for (const shell of SHELLS) {
  describe(`archive.unpack in ${shell.join(' ')}`, () => {
    let root: string;
    let dest: string;
    let src: Artifact;
    beforeEach(async () => {
      root = mkdtempSync(join(tmpdir(), 'tsplay-archive-'));
      dest = join(root, "the host's");
      mkdirSync(dest);
      await writeTar(join(root, 'zk.tar.gz'), PACKED);
      src = await fetchArtifact({ source: join(root, 'zk.tar.gz') }, join(root, 'cache'));
    });
    afterEach(() => rmSync(root, { recursive: true }));
    const params = (more: object = {}): Readonly<Record<string, unknown>> => ({ src, dest, strip: 0, leave: [], ...more });

    it('unpacks, keeps every promise, and has nothing to do afterwards', () => {
      deepEqual(converge(shell, archiveUnpack, params()), ['content']);
      deepEqual(readdirSync(dest), ['.tsplay', 'zk-1']);
      deepEqual(readdirSync(join(dest, '.tsplay')), ['zk-1.manifest', 'zk-1.sums']);
    });

    it('hands no group down from the directory it unpacks in', () => {
      chmodSync(dest, 0o2775);
      deepEqual(converge(shell, archiveUnpack, params()), ['content']);
      equal(statSync(join(dest, 'zk-1/bin')).mode & 0o7000, 0);
    });

    it('leaves out the folder at the top', () => {
      deepEqual(converge(shell, archiveUnpack, params({ strip: 1 })), ['content']);
      deepEqual(readdirSync(dest), ['.tsplay', 'bin', 'conf', 'docs', 'empty', 'lib']);
    });

    it('mends what is gone or altered and touches nothing else', () => {
      converge(shell, archiveUnpack, params());
      rmSync(join(dest, 'zk-1/lib'), { recursive: true });
      chmodSync(join(dest, 'zk-1/empty'), 0o777);
      writeFileSync(join(dest, 'zk-1/conf/zoo_sample.cfg'), 'tickTime=1\n');
      writeFileSync(join(dest, 'zk-1/data'), 'kept');
      utimesSync(join(dest, 'zk-1/data'), 1, 1);
      deepEqual(converge(shell, archiveUnpack, params()), ['entries']);
      equal(readFileSync(join(dest, 'zk-1/conf/zoo_sample.cfg'), 'utf8'), 'tickTime=2000\n');
      equal(statSync(join(dest, 'zk-1/data')).mtimeMs, 1000);
    });

    it('mends only what is not left to others', () => {
      const leaving = params({ leave: ['zk-1/conf'] });
      converge(shell, archiveUnpack, leaving);
      writeFileSync(join(dest, 'zk-1/conf/zoo_sample.cfg'), 'ours');
      deepEqual(ask(shell, archiveUnpack, leaving), []);
      rmSync(join(dest, 'zk-1/bin/run.sh'));
      deepEqual(converge(shell, archiveUnpack, leaving), ['entries']);
      equal(readFileSync(join(dest, 'zk-1/conf/zoo_sample.cfg'), 'utf8'), 'ours');
      rmSync(join(dest, 'zk-1/conf'), { recursive: true });
      rmSync(join(dest, 'zk-1/bin/run.sh'));
      deepEqual(converge(shell, archiveUnpack, leaving), ['entries']);
      deepEqual(readdirSync(join(dest, 'zk-1/conf')), ['zoo_sample.cfg']);
    });

    it('takes over what somebody unpacked by hand, and goes from one version to the next', async () => {
      mkdirSync(join(dest, 'zk-1/bin'), { recursive: true });
      writeFileSync(join(dest, 'zk-1/bin/run.sh'), 'old');
      deepEqual(converge(shell, archiveUnpack, params()), ['content']);
      await writeTar(join(root, 'zk.tar.gz'), [...PACKED, { name: 'zk-1/new', content: 'new' }]);
      src = await fetchArtifact({ source: join(root, 'zk.tar.gz') }, join(root, 'cache'));
      deepEqual(converge(shell, archiveUnpack, params()), ['content']);
    });

    it('leaves nothing behind when the archive arrives damaged', async () => {
      const whole = src;
      await writeTar(join(root, 'zk.tar.gz'), PACKED);
      const bytes = readFileSync(whole.file.path);
      writeFileSync(whole.file.path, bytes.subarray(0, bytes.length - 20));
      throws(() => converge(shell, archiveUnpack, params()), /status \d/);
      deepEqual(readdirSync(dest), ['.tsplay']);
      deepEqual(readdirSync(join(dest, '.tsplay')), []);
    });

    it('says where a directory stands in the way of a file, whatever is known of what lies there', async () => {
      const inTheWay = /zk-1\/bin\/run.sh is a directory where the archive has a file; remove it first/;
      const blocked = (): void => {
        rmSync(join(dest, 'zk-1/bin/run.sh'), { recursive: true, force: true });
        mkdirSync(join(dest, 'zk-1/bin/run.sh'), { recursive: true });
      };
      blocked();
      match(JSON.stringify(ask(shell, archiveUnpack, params())), inTheWay);
      rmSync(join(dest, 'zk-1'), { recursive: true });
      converge(shell, archiveUnpack, params());
      blocked();
      match(JSON.stringify(ask(shell, archiveUnpack, params())), inTheWay);
      match(JSON.stringify(ask(shell, archiveUnpack, params({ owner: '65534' }))), inTheWay);
      deepEqual(ask(shell, archiveUnpack, params({ leave: ['zk-1/bin'] })).length, 1);
      await writeTar(join(root, 'zk.tar.gz'), [...PACKED, { name: 'zk-1/new', content: 'new' }]);
      src = await fetchArtifact({ source: join(root, 'zk.tar.gz') }, join(root, 'cache'));
      match(JSON.stringify(ask(shell, archiveUnpack, params())), inTheWay);
    });

    it('says what stands in the way', () => {
      match(
        JSON.stringify(ask(shell, archiveUnpack, params({ dest: join(root, 'nowhere') }))),
        /the directory .*nowhere does not exist; create it first/,
      );
      match(JSON.stringify(ask(shell, archiveUnpack, params({ strip: 2 }))), /does not begin with so many single folders/);
    });
  });
}
