// What is written while a run goes on, and what happens where that cannot be.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendLines } from '../../../src/journal/append-lines.ts';
import { latestRuns } from '../../../src/journal/find-runs.ts';
import { keepRuns } from '../../../src/journal/keep-run.ts';
import { readRun } from '../../../src/journal/read-run.ts';
import { runFiles, runPath } from '../../../src/journal/run-files.ts';
import type { Event } from '../../../src/report/events.ts';
import { secret } from '../../../src/util/secret.ts';
import { unknown } from '../../../src/util/unknown.ts';
import { fileOf, FINISHED, headOf, note, STARTED } from './support/events.ts';
import { State } from './support/state.ts';

const fail = (words: string): void => assert.fail(words);

describe('journal/keep-run', () => {
  let state: State;
  beforeEach(() => (state = new State()));
  afterEach(() => state[Symbol.dispose]());

  const kept = (): readonly (readonly Event[] | undefined)[] => runFiles(state.runs).map(({ path }) => readRun(path)?.events);

  it('has each event in the file before it is told the next one', () => {
    const keep = keepRuns('run', fail);
    keep(note('before'));
    assert.deepEqual(kept(), []);
    keep(STARTED);
    assert.deepEqual(kept(), [[note('before'), STARTED]]);
    keep(note('during'));
    assert.deepEqual(kept(), [[note('before'), STARTED, note('during')]]);
    assert.deepEqual(
      [...latestRuns()].map(({ standing }) => standing.kind),
      ['running'],
    );
    keep(FINISHED);
    assert.deepEqual(
      [...latestRuns()].map(({ standing }) => standing.kind),
      ['ended'],
    );
  });

  it('gives every run of a command a file', () => {
    const keep = keepRuns('run', fail);
    for (const event of [STARTED, FINISHED, note('of the second'), STARTED, FINISHED]) keep(event);
    assert.deepEqual(
      kept().toSorted((a, b) => (a?.length ?? 0) - (b?.length ?? 0)),
      [
        [STARTED, FINISHED],
        [note('of the second'), STARTED, FINISHED],
      ],
    );
  });

  it('is for the eyes of its user', () => {
    const before = process.umask(0);
    try {
      keepRuns('run', fail)(STARTED);
    } finally {
      process.umask(before);
    }
    const [file] = runFiles(state.runs);
    const modes = [join(state.directory, 'tsplay'), state.runs, file?.path ?? ''].map(path => (statSync(path).mode & 0o777).toString(8));
    assert.deepEqual(modes, ['700', '700', '600']);
  });

  it('writes secrets as ***, and what is unknown with its reasons', () => {
    const keep = keepRuns('run', fail);
    keep(STARTED);
    const task = { id: '1', name: 'a', module: 'file.copy', handler: false };
    keep({ kind: 'change', task, host: 'n1', change: { attribute: 'content', from: unknown('depends on b'), to: secret('planted') } });
    const text = readFileSync(runFiles(state.runs)[0]?.path ?? '', 'utf8');
    assert.doesNotMatch(text, /planted/);
    assert.match(text, /"from":\{"\$unknown":\["depends on b"\]\},"to":"\*\*\*"/);
  });

  it('complains once where it cannot be kept, writes nothing there, and never throws', () => {
    const spoil: readonly (readonly [string, () => void, RegExp])[] = [
      ['others may write above it', () => chmodSync(state.directory, 0o777), /tsplay\/runs is not, or would not be, a folder of this user/],
      ['a file stands there', () => writeFileSync(join(state.directory, 'tsplay'), ''), /./],
    ];
    for (const [what, act, words] of spoil) {
      const heard: string[] = [];
      act();
      const before = readdirSync(state.directory);
      const keep = keepRuns('run', why => heard.push(why));
      for (const event of [STARTED, note('a'), FINISHED, STARTED, FINISHED]) keep(event);
      assert.equal(heard.length, 1, what);
      assert.match(heard[0] ?? '', words);
      assert.deepEqual(readdirSync(state.directory), before, what);
      chmodSync(state.directory, 0o700);
    }
  });

  it('looks after the folder: after a large run, and else once in a while', () => {
    const old = (): string => runPath(state.runs, '2020-01-01T00:00:00.000Z', '0123abcd');
    const leaveOld = (): void => writeFileSync(old(), fileOf(headOf(), STARTED, FINISHED), { mode: 0o600 });
    mkdirSync(state.runs, { recursive: true, mode: 0o700 });
    leaveOld();
    const keep = keepRuns('run', fail);
    for (let run = 0; run < 500 && existsSync(old()); run += 1) for (const event of [STARTED, FINISHED]) keep(event);
    assert.equal(existsSync(old()), false);
    leaveOld();
    for (const event of [STARTED, ...Array<Event>(40).fill(note('x'.repeat(30_000))), FINISHED]) keep(event);
    assert.equal(existsSync(old()), false);
    assert.ok(kept().length >= 1);
  });

  it('follows no link to another file', () => {
    mkdirSync(state.runs, { recursive: true, mode: 0o700 });
    const path = join(state.runs, 'a');
    symlinkSync(join(state.directory, 'elsewhere'), path);
    assert.throws(() => appendLines(path), /EEXIST/);
    assert.deepEqual(readdirSync(state.directory), ['tsplay']);
  });
});
