// The file modules on this machine's own files, in every shell it has: promises kept, nothing left to do, links and odd names.
import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashFile } from '../../../src/artifact/hash-file.ts';
import { fileAbsent } from '../../../src/modules/file/absent.ts';
import { fileBlock } from '../../../src/modules/file/block.ts';
import { fileCopy } from '../../../src/modules/file/copy.ts';
import { fileDirectory } from '../../../src/modules/file/directory.ts';
import { fileDownload } from '../../../src/modules/file/download.ts';
import { fileDuplicate } from '../../../src/modules/file/duplicate.ts';
import { fileLine } from '../../../src/modules/file/line.ts';
import { fileLink } from '../../../src/modules/file/link.ts';
import { fileReplace } from '../../../src/modules/file/replace.ts';
import { fileAttributes } from '../../../src/modules/file/set-attributes.ts';
import { fileTemplate } from '../../../src/modules/file/template.ts';
import { hostsEntries } from '../../../src/modules/hosts/entries.ts';
import { SHELLS } from '../../facts/file/shells.ts';
import { converge } from './carry-out.ts';

const WHOLE = { backup: false, replace_link: false } as const;
/** Names that break what is not quoted. */
const ODD_NAMES = ['plain', "it's", 'two  blanks ', '$HOME `x`', 'new\nline', '*', 'größe'] as const;

for (const shell of SHELLS) {
  describe(`file modules in ${shell.join(' ')}`, () => {
    let root: string;
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'tsplay-file-'));
    });
    afterEach(() => rmSync(root, { recursive: true }));

    it('makes a directory and every one above it, exactly as promised', () => {
      const path = join(root, 'a/b/c');
      deepEqual(converge(shell, fileDirectory, { path, mode: '2770', parents: true }), ['state']);
      deepEqual(converge(shell, fileDirectory, { path, mode: '0755', parents: true }), ['mode']);
    });

    it('makes a directory in one whose group is handed down', () => {
      chmodSync(root, 0o2775);
      deepEqual(converge(shell, fileDirectory, { path: join(root, 'd'), mode: '0750', parents: false }), ['state']);
      deepEqual(converge(shell, fileCopy, { dest: join(root, 'd/f'), content: 'x', ...WHOLE }), ['content']);
    });

    it('writes, rewrites and leaves a file alone', () => {
      const dest = join(root, 'f');
      deepEqual(converge(shell, fileCopy, { dest, content: 'one\n', mode: '0600', ...WHOLE }), ['content']);
      deepEqual(converge(shell, fileCopy, { dest, content: 'two\n', ...WHOLE, backup: true }), ['content']);
      deepEqual(converge(shell, fileTemplate, { dest, src: { kind: 'content', name: 'x', text: 'two\n' }, mode: '4755', ...WHOLE }), [
        'mode',
      ]);
      equal(readFileSync(dest, 'utf8'), 'two\n');
      match(readdirSync(root).join(), /^f,f\.~\d{8}T\d{6}Z~$/);
    });

    for (const name of ODD_NAMES) {
      it(`keeps ${JSON.stringify(name)}: directory, file, link, and nothing`, () => {
        const path = join(root, name);
        deepEqual(converge(shell, fileDirectory, { path, mode: '0755', parents: false }), ['state']);
        deepEqual(converge(shell, fileCopy, { dest: join(path, name), content: name, ...WHOLE }), ['content']);
        deepEqual(converge(shell, fileLink, { path: join(path, 'link'), target: name, force: false }), ['target']);
        deepEqual(converge(shell, fileAbsent, { path }), ['state']);
        deepEqual(readdirSync(root), []);
      });
    }

    it('turns a link round though it leads to a directory, and leaves that as it is', () => {
      mkdirSync(join(root, 'v1'));
      mkdirSync(join(root, 'v2'));
      const link = { path: join(root, 'now'), force: false };
      deepEqual(converge(shell, fileLink, { ...link, target: 'v1' }), ['target']);
      deepEqual(converge(shell, fileLink, { ...link, target: join(root, 'v2') }), ['target']);
      equal(readlinkSync(join(root, 'now')), join(root, 'v2'));
      deepEqual(readdirSync(root), ['now', 'v1', 'v2']);
    });

    it('removes a link and not what it leads to', () => {
      mkdirSync(join(root, 'kept'));
      symlinkSync('kept', join(root, 'link'));
      converge(shell, fileAbsent, { path: join(root, 'link') });
      deepEqual(readdirSync(root), ['kept']);
    });

    it('writes no file through a link unless told to replace the link', () => {
      writeFileSync(join(root, 'real'), 'kept');
      symlinkSync('real', join(root, 'link'));
      throws(
        () => converge(shell, fileCopy, { dest: join(root, 'link'), content: 'x', ...WHOLE }),
        /is a link to real; name the file it leads to/,
      );
      deepEqual(converge(shell, fileCopy, { dest: join(root, 'link'), content: 'x', ...WHOLE, replace_link: true }), ['content']);
      equal(readFileSync(join(root, 'real'), 'utf8'), 'kept');
    });

    it('keeps the old file when the validation of the new one fails', () => {
      const dest = join(root, 'f');
      writeFileSync(dest, 'good\n');
      throws(() => converge(shell, fileCopy, { dest, content: 'bad\n', validate: 'grep good %s', ...WHOLE }), /refused by its validation/);
      deepEqual(converge(shell, fileCopy, { dest, content: 'good too\n', validate: 'grep -q good %s', ...WHOLE }), ['content']);
      deepEqual(readdirSync(root), ['f']);
    });

    it('edits blocks, replaces what matches, and leaves the rest', () => {
      const path = join(root, 'conf');
      writeFileSync(path, 'a = 1\nb = old');
      const block = { path, name: "it's", comment: '#', create: false, ...WHOLE };
      deepEqual(converge(shell, fileBlock, { ...block, block: 'x\ny\n', state: 'present', after: '^a' }), ['block']);
      deepEqual(converge(shell, fileReplace, { path, match: '^(. = )old$', replace: '$1new', ...WHOLE }), ['content']);
      equal(readFileSync(path, 'utf8'), "a = 1\n# BEGIN it's\nx\ny\n# END it's\nb = new\n");
      deepEqual(converge(shell, fileBlock, { ...block, state: 'absent' }), ['block']);
      equal(readFileSync(path, 'utf8'), 'a = 1\nb = new\n');
    });

    for (const name of ODD_NAMES) {
      it(`fills ${JSON.stringify(name)} from another file of the host, and one of the controller`, async () => {
        const [src, dest, sent] = [join(root, name), join(root, `${name} copy`), join(root, `${name} sent`)];
        writeFileSync(src, Buffer.from([0, 1, 255, 10]));
        deepEqual(converge(shell, fileDuplicate, { src, dest, mode: '0600', ...WHOLE }), ['content']);
        deepEqual(readFileSync(dest), readFileSync(src));
        deepEqual(converge(shell, fileDownload, { src: await hashFile(src), dest: sent, ...WHOLE }), ['content']);
        deepEqual(converge(shell, fileAttributes, { path: sent, mode: '2700', create: true }), ['mode']);
        deepEqual(converge(shell, fileAttributes, { path: `${sent} new`, create: true }), ['state']);
      });
    }

    it('keeps the old file when the copy is refused, and leaves nothing beside it', () => {
      const [src, dest] = [join(root, 'src'), join(root, 'dest')];
      writeFileSync(src, 'bad\n');
      writeFileSync(dest, 'good\n');
      throws(() => converge(shell, fileDuplicate, { src, dest, validate: 'grep good %s', ...WHOLE }), /refused by its validation/);
      deepEqual(readdirSync(root), ['dest', 'src']);
    });

    it('edits lines and hosts', () => {
      const path = join(root, 'hosts');
      writeFileSync(path, '127.0.0.1\tlocalhost\n127.0.1.1\tn1\n');
      deepEqual(converge(shell, fileLine, { path, line: '# ours', before: '^127', state: 'present', create: false, ...WHOLE }), ['line']);
      deepEqual(converge(shell, hostsEntries, { path, entries: [{ address: '10.0.0.1', names: ['n1'] }] }), ['entries']);
      equal(readFileSync(path, 'utf8'), '127.0.0.1\tlocalhost\n# ours\n10.0.0.1\tn1\n');
    });
  });
}
