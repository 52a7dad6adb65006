// The file facts on this machine's own files, in every shell it has.
import { deepEqual, equal, throws } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileDigest } from '../../../src/facts/file/digest.ts';
import { idName } from '../../../src/facts/file/id-name.ts';
import { fileNode, NO_NODE } from '../../../src/facts/file/node.ts';
import { fileText, TEXT_LIMIT } from '../../../src/facts/file/text.ts';
import { unpacked } from '../../../src/facts/file/unpacked.ts';
import { identity } from '../../../src/facts/identity.ts';
import { readFact, SHELLS } from './shells.ts';

const ODD_NAMES = ['plain', '-dash', "it's", ' blanks ', 'new\nline', '$x`y`', '*', 'größe'] as const;

for (const shell of SHELLS) {
  describe(`file facts in ${shell.join(' ')}`, () => {
    let root: string;
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'tsplay-facts-'));
    });
    afterEach(() => rmSync(root, { recursive: true }));

    for (const name of ODD_NAMES) {
      it(`reads ${JSON.stringify(name)}: node, digest, text, link`, () => {
        const path = join(root, name);
        writeFileSync(path, `${name}\n`);
        chmodSync(path, 0o4751);
        symlinkSync(`${name}\n`, join(root, 'link'));
        const node = readFact(shell, fileNode({ path }));
        deepEqual([node.kind, node.mode, node.size, node.target], ['file', '4751', Buffer.byteLength(name) + 1, '']);
        equal(node.owner, userInfo().username);
        equal(readFact(shell, fileDigest({ path })), createHash('sha256').update(`${name}\n`).digest('hex'));
        equal(readFact(shell, fileText({ path })), `${name}\n`);
        const link = readFact(shell, fileNode({ path: join(root, 'link') }));
        deepEqual([link.kind, link.size, link.target], ['link', 0, `${name}\n`]);
      });
    }

    it('reads a directory, nothing, and what is below a file', () => {
      mkdirSync(join(root, 'd'), { mode: 0o750 });
      writeFileSync(join(root, 'f'), '');
      const directory = readFact(shell, fileNode({ path: join(root, 'd') }));
      deepEqual([directory.kind, directory.mode, directory.size], ['directory', '0750', 0]);
      deepEqual(readFact(shell, fileNode({ path: join(root, 'no/such') })), NO_NODE);
      deepEqual(readFact(shell, fileNode({ path: join(root, 'f/below') })), NO_NODE);
      equal(readFact(shell, fileDigest({ path: join(root, 'd') })), '');
      equal(readFact(shell, fileText({ path: join(root, 'no') })), '');
    });

    it('follows no link', () => {
      writeFileSync(join(root, 'f'), 'x');
      symlinkSync('f', join(root, 'link'));
      equal(readFact(shell, fileDigest({ path: join(root, 'link') })), '');
      equal(readFact(shell, fileText({ path: join(root, 'link') })), '');
    });

    it('reads text to its limit and says when there is more', () => {
      const path = join(root, 'long');
      writeFileSync(path, 'x'.repeat(TEXT_LIMIT));
      equal(readFact(shell, fileText({ path })).length, TEXT_LIMIT);
      writeFileSync(path, 'x'.repeat(TEXT_LIMIT + 1));
      throws(() => readFact(shell, fileText({ path })), /larger than 1 MiB/);
    });

    it('knows who the session is and what ids are called', () => {
      const who = readFact(shell, identity({}));
      deepEqual([who.user, who.uid], [userInfo().username, process.getuid?.()]);
      equal(who.home, process.env['HOME'] ?? homedir());
      equal(readFact(shell, idName({ database: 'passwd', id: '0' })), 'root');
      equal(readFact(shell, idName({ database: 'group', id: '4294000000' })), '4294000000');
    });

    it('finds no archive where none was unpacked, and the directories that stand there', () => {
      const wanted = 'digest .';
      const nothing = { id: '', changed: [], folders: [] };
      deepEqual(readFact(shell, unpacked({ dest: join(root, 'no'), name: 'x', wanted, tops: ['x'] })), nothing);
      deepEqual(readFact(shell, unpacked({ dest: root, name: 'x', wanted, tops: ['x'] })), nothing);
      mkdirSync(join(root, '-x/a b/c'), { recursive: true });
      symlinkSync('a b', join(root, '-x/link'));
      const found = readFact(shell, unpacked({ dest: root, name: 'x', wanted, tops: ['-x', 'y'] }));
      deepEqual(found, { ...nothing, folders: ['-x', '-x/a b', '-x/a b/c'] });
    });
  });
}
