// Validators in a dry run: they see the file to come, in memory, and what they say is what the run would say.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileCopy } from '../../src/modules/file/copy.ts';
import { fileDirectory } from '../../src/modules/file/directory.ts';
import { secret } from '../../src/util/secret.ts';
import type { TaskResult } from '../../src/report/events.ts';
import { runLocally } from './support/harness.ts';
import { always } from './support/modules.ts';
import { programOf, type ShortTask } from './support/program.ts';

describe('engine: validators in a dry run', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tsplay-validate-'));
    program('true', 'exit 0');
    // Says what it was shown, where, and who else may read it; refuses what is bad.
    program(
      'probe',
      `ls -ld "$1" > ${path('seen')}; ls -ld "$(dirname "$1")" >> ${path('seen')}; cat "$1" >> ${path('seen')}\ngrep -n bad "$1" /dev/null >&2 && exit 1\nexit 0`,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  const program = (name: string, script: string): void => {
    writeFileSync(path(name), `#!/bin/sh\n${script}\n`);
    chmodSync(path(name), 0o755);
  };
  const copy = (params: Readonly<Record<string, unknown>>, reads: readonly boolean[] = [true]): ShortTask => ({
    name: 'copy',
    module: fileCopy,
    params: {
      dest: path('target.conf'),
      backup: false,
      replace_link: false,
      validate: `${path('probe')} %s`,
      ...reads.map(value => ({ validate_reads_only: value }))[0],
      ...params,
    },
  });
  const results = async (mode: 'run' | 'check', ...tasks: readonly ShortTask[]): Promise<readonly TaskResult[]> =>
    (await runLocally(programOf({ tasks }), [fileCopy, fileDirectory, always], { mode })).results;
  it('says nothing of what is accepted, and shows the file in a private place in memory that is gone afterwards', async () => {
    const [result] = await results('check', copy({ content: 'good\n' }));
    assert.deepEqual([result?.status, result?.assumes], ['changed', []]);
    const [file, place, content] = readFileSync(path('seen'), 'utf8').split('\n');
    assert.match(file ?? '', /^-rw------- 1 .* \/(dev\/shm|run)\//);
    assert.match(place ?? '', /^drwx------ /);
    assert.equal(existsSync(place?.split(' ').at(-1) ?? ''), false);
    assert.equal(content, 'good');
    assert.equal(existsSync(path('target.conf')), false);
  });

  it('fails what is refused in the words of the run', async () => {
    const [check] = await results('check', copy({ content: 'fine\nbad\n' }));
    const [run] = await results('run', copy({ content: 'fine\nbad\n' }));
    assert.equal(
      check?.message,
      `content: the command ended with status 1: the new file was refused by its validation:\n${path('target.conf')}:2:bad`,
    );
    assert.deepEqual([check.status, check.message], [run?.status, run?.message]);
  });

  it('fails a validator that is not there in the words of the run', async () => {
    const task = copy({ content: 'x', validate: 'tsplay-no-such-program %s' });
    const [check] = await results('check', task);
    const [run] = await results('run', task);
    assert.match(check?.message ?? '', /tsplay-no-such-program: not found$/);
    assert.deepEqual([check?.status, check?.message], [run?.status, run?.message]);
  });

  it('is in doubt where an earlier task may put it right', async () => {
    const first: ShortTask = { name: 'first', module: fileDirectory, params: { path: path('new'), mode: '0755' } };
    const [, refused] = await results('check', first, copy({ content: 'bad\n' }));
    assert.equal(refused?.status, 'changed');
    assert.deepEqual(refused.assumes, [`"${path('probe')} %s" accepts it: on the host as it is now it says ${path('target.conf')}:1:bad`]);
    const [, missing] = await results('check', first, copy({ content: 'x', validate: 'tsplay-no-such-program -c %s' }));
    assert.deepEqual(missing?.assumes, ['"tsplay-no-such-program -c %s" accepts it: tsplay-no-such-program is not there yet']);
  });

  it('is in no doubt about a program that looks at nothing but the file', async () => {
    const first: ShortTask = { name: 'first', module: fileDirectory, params: { path: path('new'), mode: '0755' } };
    const [, result] = await results('check', first, copy({ content: 'if\n', validate: 'sh -n %s' }, []));
    assert.equal(result?.status, 'failed');
    assert.match(
      result.message ?? '',
      /^content: the command ended with status 1: the new file was refused by its validation:\n.*target\.conf/,
    );
  });

  it('does not run what is not known to write nothing', async () => {
    for (const reads of [[false], []]) {
      const [result] = await results('check', copy({ content: 'bad\n' }, reads));
      assert.deepEqual(result?.assumes, [`"${path('probe')} %s" accepts it: it is not run in a dry run`]);
    }
    assert.equal(existsSync(path('seen')), false);
  });

  it('finds beside the file what will be beside it', async () => {
    writeFileSync(path('part.conf'), 'part\n');
    program('probe', 'cat "$(dirname "$1")/part.conf" >&2; exit 1');
    const [result] = await results('check', copy({ content: 'x' }));
    assert.match(result?.message ?? '', /\npart$/);
  });

  it('shows a file of the controller', async () => {
    writeFileSync(path('source'), 'bad too\n');
    const src = { kind: 'file', path: path('source'), size: 8, sha256: createHash('sha256').update('bad too\n').digest('hex') };
    const [result] = await results('check', copy({ src }));
    assert.match(result?.message ?? '', /target\.conf:1:bad too$/);
  });

  it('never shows what a validator says of a secret, in a run or in a dry run', async () => {
    const task = copy({ content: secret('bad secret\n') });
    const [check] = await results('check', task);
    const [run] = await results('run', task);
    assert.equal(
      check?.message,
      'content: the command ended with status 1: the new file was refused by its validation; what it said is not shown, since the content is secret',
    );
    assert.deepEqual([check.status, check.message], [run?.status, run?.message]);
  });

  it('has taken everything away before the next frame, however the validator ended', async () => {
    const beside = 'ls -d "$(dirname "$(dirname "$1")")"/.tsplay-*.d';
    // As after a time-out: everything that the frame started is told to end.
    program('ended', `kill -TERM $(awk '{ print $4 }' /proc/$PPID/stat) $PPID; exit 1`);
    program('look', `${beside} > ${path('seen')}`);
    const validated = (name: string): ShortTask => ({
      ...copy({ dest: path(`${name}.conf`), content: 'bad\n', validate: `${path(name)} %s` }),
      ignoreErrors: true,
    });
    await results('check', validated('true'), validated('probe'), validated('ended'), validated('look'));
    const places = readFileSync(path('seen'), 'utf8').trim().split('\n');
    assert.equal(places.length, 1, places.join('\n'));
    assert.match(places[0] ?? '', /^\/(dev\/shm|run)\//);
    assert.equal(existsSync(places[0] ?? ''), false);
  });
});
