// Root in directories that others can change: what is refused, in a run and in a dry run with the same words, and what is done and how.
import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileAbsent } from '../../src/modules/file/absent.ts';
import { fileCopy } from '../../src/modules/file/copy.ts';
import { fileDirectory } from '../../src/modules/file/directory.ts';
import { fileLink } from '../../src/modules/file/link.ts';
import { fileAttributes } from '../../src/modules/file/set-attributes.ts';
import type { Typed } from '../../src/modules/contract.ts';
import type { TaskResult } from '../../src/report/events.ts';
import { skipBecause } from '../support/skip.ts';
import { runLocally, type HarnessOptions, type Seen } from './support/harness.ts';
import { programOf, type ShortTask } from './support/program.ts';

const MODULES = [fileAbsent, fileAttributes, fileCopy, fileDirectory, fileLink];
/** An account that every host has, with nothing of its own. */
const NOBODY = 65534;
const WHOLE = { backup: false, replace_link: false } as const;

describe('engine: root in directories that others can change', () => {
  let base = '';
  let theirs = '';
  before(function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can give a directory to another user');
  });
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'tsplay-ways-'));
    chmodSync(base, 0o755);
    theirs = join(base, 'theirs');
    give(mkdirSync(theirs, { recursive: true }) ?? theirs);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const give = (path: string): void => chownSync(path, NOBODY, NOBODY);
  const task = (module: Typed<unknown>, params: ShortTask['params'], more: Partial<ShortTask> = {}): ShortTask => ({
    name: module.definition.name,
    module,
    params: params ?? {},
    ...more,
  });
  const copy = (dest: string, content: string, params: ShortTask['params'] = {}): ShortTask =>
    task(fileCopy, { dest, content, ...WHOLE, ...params });
  const run = (tasks: readonly ShortTask[], options: HarnessOptions = {}): Promise<Seen> =>
    runLocally(programOf({ tasks }), MODULES, { prove: true, ...options });
  const last = (seen: Seen): TaskResult | undefined => seen.results.at(-1);
  /** Fails in a dry run and in a run, with the same words, and leaves all as it was. */
  const refused = async (words: RegExp, ...tasks: readonly ShortTask[]): Promise<void> => {
    const check = last(await run(tasks, { mode: 'check' }));
    const done = last(await run(tasks));
    assert.equal(check?.status, 'failed', check?.message);
    assert.match(check.message ?? '', words);
    assert.deepEqual([done?.status, done?.message], [check.status, check.message]);
  };

  it('writes, makes, links, alters and removes what is theirs, and leaves nothing else behind', async () => {
    const [file, folder, link] = [join(theirs, 'file'), join(theirs, 'folder'), join(theirs, 'link')];
    const tasks = [
      copy(file, 'one\n', { owner: 'nobody', mode: '0640' }),
      task(fileDirectory, { path: folder, owner: 'nobody', mode: '2750', parents: false }),
      task(fileLink, { path: link, target: 'file', force: false }),
    ];
    const foretold = await run(tasks, { mode: 'check' });
    const seen = await run(tasks);
    assert.deepEqual(
      seen.results.map(({ status, changes, message }) => ({ status, changes, message })),
      foretold.results.map(({ status, changes, message }) => ({ status, changes, message })),
    );
    assert.deepEqual([seen.results.map(result => result.status), seen.exitCode], [['changed', 'changed', 'changed'], 0]);
    assert.deepEqual(readdirSync(theirs).sort(), ['file', 'folder', 'link']);
    assert.deepEqual([readFileSync(file, 'utf8'), lstatSync(file).mode & 0o7777, lstatSync(file).uid], ['one\n', 0o640, NOBODY]);
    assert.deepEqual([lstatSync(folder).mode & 0o7777, lstatSync(folder).uid, readlinkSync(link)], [0o2750, NOBODY, 'file']);
    const later = await run([
      copy(file, 'two\n', { backup: true }),
      copy(join(theirs, 'large'), 'x'.repeat(100_000)),
      task(fileAttributes, { path: file, mode: '0600', create: false }),
      task(fileDirectory, { path: folder, mode: '0700', parents: false }),
      task(fileLink, { path: link, target: 'folder', force: false }),
      task(fileAbsent, { path: link }),
    ]);
    assert.deepEqual(
      later.results.map(({ status, message }) => message ?? status),
      Array(6).fill('changed'),
    );
    assert.deepEqual([readFileSync(file, 'utf8'), lstatSync(file).mode & 0o7777, lstatSync(folder).mode & 0o7777], ['two\n', 0o600, 0o700]);
    assert.match(readdirSync(theirs).sort().join(), /^file,file\.~\d{8}T\d{6}Z~,folder,large$/);
    assert.equal((await run(tasks.slice(0, 0).concat(copy(join(theirs, 'large'), 'x'.repeat(100_000))))).results[0]?.status, 'ok');
  });

  it('has a validator see the file and its neighbours, and says its words with the names they will have', async () => {
    writeFileSync(join(theirs, 'near'), 'bad\n');
    const validator = join(base, 'validator');
    writeFileSync(validator, '#!/bin/sh\ngrep -q "$(cat "$(dirname "$1")/near")" "$1" && { echo "$1: bad" >&2; exit 1; }\nexit 0\n');
    chmodSync(validator, 0o755);
    const write = (content: string): ShortTask =>
      copy(join(theirs, 'conf'), content, { validate: `${validator} %s`, validate_reads_only: true });
    assert.equal(last(await run([write('good\n')]))?.status, 'changed');
    await refused(new RegExp(`refused by its validation:\\n${theirs}/conf: bad$`), write('bad\n'));
    assert.deepEqual(readdirSync(theirs).sort(), ['conf', 'near']);
  });

  it("does not alter what is root's there: whoever can change the directory may have put it in the place of their own", async () => {
    writeFileSync(join(theirs, 'key'), 'secret', { mode: 0o600 });
    await refused(
      new RegExp(
        `^nobody can change the directory ${theirs}, and put something else in the place of ${theirs}/key while root changes it; see to it that only root can change ${theirs}, remove it first, with file.absent, or say unsafe_path: true$`,
      ),
      task(fileAttributes, { path: join(theirs, 'key'), mode: '0644', create: false }),
    );
    assert.equal(lstatSync(join(theirs, 'key')).mode & 0o777, 0o600);
  });

  it("makes root's own what was theirs, last of all", async () => {
    const path = join(theirs, 'file');
    writeFileSync(path, 'x');
    give(path);
    const [result] = (await run([task(fileAttributes, { path, owner: 'root', group: 'root', mode: '0600', create: false })])).results;
    assert.deepEqual([result?.message, result?.changes.map(change => change.attribute)], [undefined, ['group', 'mode', 'owner']]);
    assert.deepEqual([lstatSync(path).uid, lstatSync(path).gid, lstatSync(path).mode & 0o777], [0, 0, 0o600]);
  });

  it('does not remove a tree there', async () => {
    mkdirSync(join(theirs, 'tree/deep'), { recursive: true });
    await refused(
      /^nobody can change the directory .*; see to it that only root can change \S+, run the task as nobody, with become_user, or say unsafe_path: true$/,
      task(fileAbsent, { path: join(theirs, 'tree') }),
    );
    assert.ok(existsSync(join(theirs, 'tree/deep')));
  });

  it('follows no link that they can point elsewhere', async () => {
    mkdirSync(join(base, 'ours'));
    symlinkSync('../ours', join(theirs, 'way'));
    await refused(
      new RegExp(
        `^${theirs}/way/f is reached over the link ${theirs}/way, which nobody can point elsewhere while root writes there; name the directory it leads to, `,
      ),
      copy(join(theirs, 'way/f'), 'x'),
    );
    assert.deepEqual(readdirSync(join(base, 'ours')), []);
  });

  it("follows a link of root's own into what is theirs", async () => {
    symlinkSync('theirs', join(base, 'way'));
    assert.equal(last(await run([copy(join(base, 'way/f'), 'x')]))?.status, 'changed');
    assert.equal(readFileSync(join(theirs, 'f'), 'utf8'), 'x');
  });

  it("names the group, or everybody, that can change a directory of root's", async () => {
    const folder = join(base, 'shared');
    mkdirSync(join(folder, 'tree'), { recursive: true });
    chownSync(folder, 0, NOBODY);
    chmodSync(folder, 0o775);
    const removal = task(fileAbsent, { path: join(folder, 'tree') });
    await refused(
      /^the group nogroup can change the directory .*\/shared, .*; see to it that only root can change \S+, or say unsafe_path: true$/,
      removal,
    );
    chmodSync(folder, 0o777);
    await refused(/^everybody can change the directory /, removal);
    chmodSync(folder, 0o1777);
    assert.equal(last(await run([removal]))?.status, 'changed');
  });

  it("does not touch in a directory like /tmp what is somebody else's to exchange", async () => {
    chownSync(theirs, 0, 0);
    chmodSync(theirs, 0o1777);
    mkdirSync(join(theirs, 'tree'));
    give(join(theirs, 'tree'));
    await refused(
      new RegExp(`^${theirs}/tree belongs to nobody, who can put something else in its place while root changes it; `),
      task(fileAbsent, { path: join(theirs, 'tree') }),
    );
    assert.equal(last(await run([copy(join(theirs, 'f'), 'x')]))?.status, 'changed');
  });

  it('foresees what an earlier task gives away', async () => {
    const folder = join(base, 'given');
    await refused(
      /^nobody can change the directory .*\/given, /,
      task(fileDirectory, { path: folder, mode: '0755', owner: 'nobody', parents: false }, { name: 'give' }),
      copy(join(folder, 'f'), 'x', { mode: '0600' }),
      task(fileAttributes, { path: join(folder, 'f'), mode: '0644', create: false }),
    );
  });

  it('does as it is told with unsafe_path: true', async () => {
    mkdirSync(join(theirs, 'tree'));
    assert.equal(last(await run([task(fileAbsent, { path: join(theirs, 'tree') }, { unsafePath: true })]))?.status, 'changed');
  });

  it('asks nothing more of a host, changed or not', async () => {
    const trips = async (more: Partial<ShortTask>): Promise<readonly number[]> => {
      const tasks = ['a', 'b', 'c'].map(name => ({ ...copy(join(theirs, name), 'x'), ...more }));
      const first = await run(tasks, { prove: false });
      const second = await run(tasks, { prove: false });
      assert.deepEqual([first.results[2]?.status, second.results[2]?.status], ['changed', 'ok']);
      rmSync(theirs, { recursive: true });
      mkdirSync(theirs);
      give(theirs);
      return [first.wire.roundTrips, second.wire.roundTrips];
    };
    assert.deepEqual(await trips({}), await trips({ unsafePath: true }));
  });
});
