// One place under two names: what is written through a link is there under its real name, in a run and in a dry run.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileAbsent } from '../../src/modules/file/absent.ts';
import { fileCopy } from '../../src/modules/file/copy.ts';
import { fileDirectory } from '../../src/modules/file/directory.ts';
import { fileLine } from '../../src/modules/file/line.ts';
import { fileLink } from '../../src/modules/file/link.ts';
import type { TaskResult } from '../../src/report/events.ts';
import { runLocally } from './support/harness.ts';
import { programOf, type ShortTask } from './support/program.ts';

const MODULES = [fileAbsent, fileCopy, fileDirectory, fileLine, fileLink];

const told = (results: readonly TaskResult[]): readonly string[] =>
  results.flatMap(({ task, status, changes, message }) =>
    status === 'failed' || status === 'unknown'
      ? [`${task.name}: ${status} ${message ?? ''}`]
      : changes.map(change => `${task.name} ${change.attribute} → ${JSON.stringify(change.to)}`),
  );

describe('links', () => {
  let folder = '';
  beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsplay-links-')))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  const directory = (name: string): ShortTask => ({ name: `folder ${name}`, module: fileDirectory, params: { path: path(name) } });
  const link = (name: string, target: string, more: object = {}): ShortTask => ({
    name: `link ${name} to ${target}`,
    module: fileLink,
    params: { path: path(name), target, ...more },
  });
  const copy = (name: string, content: string): ShortTask => ({
    name: `write ${name}`,
    module: fileCopy,
    params: { dest: path(name), content },
  });
  const line = (name: string, text: string): ShortTask => ({
    name: `line in ${name}`,
    module: fileLine,
    params: { path: path(name), line: text },
  });
  const gone = (name: string): ShortTask => ({ name: `no ${name}`, module: fileAbsent, params: { path: path(name) } });

  /** A dry run foretells the run; the run proves its promises. */
  async function holds(tasks: readonly ShortTask[]): Promise<readonly string[]> {
    const program = programOf({ tasks });
    const check = told((await runLocally(program, MODULES, { mode: 'check' })).results);
    const run = told((await runLocally(program, MODULES, { prove: true })).results);
    assert.deepEqual(run, check);
    return run;
  }

  it('foretells that nothing is below a file that takes the place of a link', async () => {
    mkdirSync(path('a'));
    writeFileSync(path('a/f'), 'there');
    symlinkSync('a', path('l'));
    const instead = { name: 'a file instead', module: fileCopy, params: { dest: path('l'), content: 'file', replace_link: true } };
    const told = await holds([instead, copy('l/f', 'below')]);
    assert.match(told.join('\n'), /write l\/f: failed .*\/l is not a directory/);
  });

  it('foretells what is written through a link that is to come, under both names', async () => {
    await holds([directory('v1'), link('now', 'v1'), copy('now/a', 'x\n'), line('v1/a', 'y'), line('now/a', 'z')]);
    assert.equal(readFileSync(path('v1/a'), 'utf8'), 'x\ny\nz\n');
  });

  it('foretells a link in the place of the file that it leads to by another way', async () => {
    mkdirSync(path('a'));
    writeFileSync(path('a/f'), 'there');
    symlinkSync('a', path('l'));
    assert.deepEqual(await holds([link('l/f', path('a/f'), { force: true })]), [
      `link l/f to ${path('a/f')} target → ${JSON.stringify(path('a/f'))}`,
    ]);
  });

  it('knows a link that is there', async () => {
    mkdirSync(path('v1'));
    symlinkSync(path('v1'), path('now'));
    await holds([copy('now/a', 'x\n'), line('v1/a', 'y'), copy('v1/b', 'x\n'), line('now/b', 'y')]);
    assert.equal(readFileSync(path('v1/b'), 'utf8'), 'x\ny\n');
  });

  it('follows a link that is turned to another place', async () => {
    mkdirSync(path('v1'));
    mkdirSync(path('v2'));
    writeFileSync(path('v1/a'), 'old\n');
    symlinkSync('v1', path('now'));
    const changes = await holds([
      line('now/a', 'one'),
      link('now', 'v2'),
      copy('now/a', 'new\n'),
      line('v2/a', 'two'),
      line('v1/a', 'three'),
    ]);
    assert.equal(changes.length, 5);
    assert.equal(readFileSync(path('v1/a'), 'utf8'), 'old\none\nthree\n');
    assert.equal(readFileSync(path('v2/a'), 'utf8'), 'new\ntwo\n');
  });

  it('follows links that lead to links', async () => {
    await holds([
      directory('real'),
      link('inner', 'real'),
      directory('real/deep'),
      link('outer', 'inner/deep'),
      copy('outer/a', 'x'),
      line('real/deep/a', 'y'),
    ]);
    assert.equal(existsSync(path('real/deep/a')), true);
  });

  it('finds nothing below a link once it is removed', async () => {
    mkdirSync(path('v1'));
    writeFileSync(path('v1/a'), 'x\n');
    symlinkSync('v1', path('now'));
    const changes = await holds([gone('now'), directory('now'), copy('now/a', 'y\n'), line('v1/a', 'z')]);
    assert.equal(changes.length, 4);
    assert.equal(readFileSync(path('v1/a'), 'utf8'), 'x\nz\n');
  });

  it('refuses to write below a link that leads nowhere, in the same words', async () => {
    const changes = await holds([link('now', 'nowhere'), copy('now/a', 'x')]);
    assert.match(changes.at(-1) ?? '', /failed the directory .*\/now does not exist; create it first, with file.directory/);
  });

  it('refuses to write below a link that leads to a file, in the same words', async () => {
    const changes = await holds([copy('file', 'x'), link('now', 'file'), copy('now/a', 'x')]);
    assert.match(changes.at(-1) ?? '', /failed .*\/now is not a directory; name another place/);
  });

  it('ends at a link that leads to itself', async () => {
    symlinkSync('loop', path('loop'));
    const changes = await holds([copy('loop/a', 'x')]);
    assert.match(changes.at(-1) ?? '', /failed/);
  });
});
