// What `--diff` shows of a change: what stands there, what will, and nothing that is secret.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileAbsent } from '../../src/modules/file/absent.ts';
import { fileCopy } from '../../src/modules/file/copy.ts';
import { fileLine } from '../../src/modules/file/line.ts';
import { fileLink } from '../../src/modules/file/link.ts';
import { TEXT_LIMIT } from '../../src/facts/file/text.ts';
import { createMasker } from '../../src/report/mask.ts';
import { runLocally } from './support/harness.ts';
import { programOf, type ShortTask } from './support/program.ts';

const hash = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

describe('engine: --diff', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-diff-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  const copy = (name: string, content: unknown, more: object = {}): ShortTask => ({
    name,
    module: fileCopy,
    params: { dest: path(name), ...(typeof content === 'string' ? { content } : { src: content }), ...more },
  });
  const diffs = async (tasks: readonly ShortTask[], mask?: (text: string) => string): Promise<readonly (string | undefined)[]> => {
    const modules = [fileCopy, fileLine, fileAbsent, fileLink];
    const { results } = await runLocally(programOf({ tasks }), modules, { mode: 'check', diff: true, ...(mask && { mask }) });
    assert.deepEqual(
      results.filter(result => result.status !== 'changed'),
      [],
    );
    return results.flatMap(result => result.changes.map(change => change.diff?.replaceAll(`${folder}/`, '')));
  };

  it('shows a new file, a changed one and a removed one', async () => {
    writeFileSync(path('b'), 'one\n');
    writeFileSync(path('c'), 'gone\n');
    assert.deepEqual(
      await diffs([copy('a', 'new\n'), copy('b', 'two\n'), { name: 'c', module: fileAbsent, params: { path: path('c') } }]),
      [
        '--- (none)\n+++ a\n@@ -0,0 +1,1 @@\n+new',
        '--- b\n+++ b\n@@ -1,1 +1,1 @@\n-one\n+two',
        '--- c\n+++ (none)\n@@ -1,1 +0,0 @@\n-gone',
      ],
    );
  });

  it('shows what a task would find: the file as the tasks before it would leave it', async () => {
    writeFileSync(path('a'), 'one\n');
    const line = (text: string): ShortTask => ({ name: text, module: fileLine, params: { path: path('a'), line: text } });
    assert.deepEqual(await diffs([line('two'), line('three'), copy('a', 'four\n')]), [
      '--- a\n+++ a\n@@ -1,1 +1,2 @@\n one\n+two',
      '--- a\n+++ a\n@@ -1,2 +1,3 @@\n one\n two\n+three',
      '--- a\n+++ a\n@@ -1,3 +1,1 @@\n-one\n-two\n-three\n+four',
    ]);
  });

  it('tells what is no text by size and hash, as it really is', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0, 1, 2]);
    writeFileSync(path('a'), bytes);
    assert.deepEqual(await diffs([copy('a', 'text\n')]), [
      `a: 5 bytes (sha256 ${hash(bytes).slice(0, 12)}) → 5 bytes (sha256 ${hash('text\n').slice(0, 12)})`,
    ]);
  });

  it('tells what is too large to be read as text by size and hash', async () => {
    const large = 'x'.repeat(TEXT_LIMIT + 1);
    writeFileSync(path('a'), large);
    assert.deepEqual(await diffs([copy('a', 'text\n')]), [
      `a: ${TEXT_LIMIT + 1} bytes (sha256 ${hash(large).slice(0, 12)}) → 5 bytes (sha256 ${hash('text\n').slice(0, 12)})`,
    ]);
  });

  it('shows a file of the controller as text, to the task behind it too', async () => {
    writeFileSync(path('source'), 'from here\n');
    const src = { kind: 'file', path: path('source'), size: 10, sha256: hash('from here\n') };
    assert.deepEqual(await diffs([copy('a', src), copy('a', 'then\n')]), [
      '--- (none)\n+++ a\n@@ -0,0 +1,1 @@\n+from here',
      '--- a\n+++ a\n@@ -1,1 +1,1 @@\n-from here\n+then',
    ]);
  });

  it('shows a file in the place of a link as new, and of a link what it says itself', async () => {
    writeFileSync(path('far'), 'far\n');
    symlinkSync('far', path('a'));
    const link = { name: 'link', module: fileLink, params: { path: path('b'), target: 'far' } };
    assert.deepEqual(await diffs([copy('a', 'near\n', { replace_link: true }), link]), [
      '--- (none)\n+++ a\n@@ -0,0 +1,1 @@\n+near',
      undefined,
    ]);
  });

  it('masks what is known to be secret in a file that is not, wherever a line is cut', async () => {
    const masker = createMasker();
    masker.addSecret('tr0ub4dor and 3');
    writeFileSync(path('a'), `${'x'.repeat(230)}tr0ub4dor and 3\npassword = tr0ub4dor and 3 \n`);
    const [text] = await diffs([copy('a', 'password = none\n')], value => masker.mask(value));
    assert.equal(text, `--- a\n+++ a\n@@ -1,2 +1,1 @@\n-${'x'.repeat(230)}***\n-password = *** \n+password = none`);
  });
});
