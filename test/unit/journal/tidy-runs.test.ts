// What is taken away, and what stays whatever its age.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { thisProcess } from '../../../src/journal/process-mark.ts';
import { runFiles, runPath } from '../../../src/journal/run-files.ts';
import { tidyRuns, type Bounds } from '../../../src/journal/tidy-runs.ts';
import type { RunHead } from '../../../src/journal/types.ts';
import type { Event } from '../../../src/report/events.ts';
import { compiledRoot } from '../../support/golden.ts';
import { fileOf, FINISHED, headOf, note, STARTED } from './support/events.ts';
import { State } from './support/state.ts';

const NOW = Date.parse('2026-06-01T00:00:00.000Z');
const HOUR = 60 * 60 * 1000;
const BOUNDS: Bounds = { runs: 10, bytes: 100_000, days: 30 };

describe('journal/tidy-runs', () => {
  let state: State;
  beforeEach(() => {
    state = new State();
    mkdirSync(state.runs, { recursive: true, mode: 0o700 });
  });
  afterEach(() => state[Symbol.dispose]());

  /** A run that began some hours ago, and the file of it. */
  const write = (hours: number, events: readonly Event[] = [FINISHED], head: Partial<RunHead> = {}): string => {
    const id = hours.toString(16).padStart(8, '0');
    const path = runPath(state.runs, new Date(NOW - hours * HOUR).toISOString(), id);
    writeFileSync(path, fileOf(headOf({ id, ...head }), STARTED, ...events), { mode: 0o600 });
    return path;
  };
  /** Hours since they began, the last one first. */
  const left = (): readonly number[] =>
    runFiles(state.runs)
      .map(({ since }) => (NOW - since) / HOUR)
      .toReversed();
  const upTo = (count: number): readonly number[] => [...Array(count).keys()];

  it('keeps a number of runs', () => {
    for (const hours of upTo(30)) write(hours);
    tidyRuns(state.runs, BOUNDS, NOW);
    assert.deepEqual(left(), upTo(10));
  });

  it('keeps a size, and the last run before this one whatever its size', () => {
    const big = note('x'.repeat(40_000));
    for (const hours of upTo(5)) write(hours, hours === 0 ? [] : [big, FINISHED]);
    tidyRuns(state.runs, BOUNDS, NOW);
    assert.deepEqual(left(), [0, 1, 2]);
    write(1, [note('x'.repeat(200_000)), FINISHED]);
    tidyRuns(state.runs, BOUNDS, NOW);
    assert.deepEqual(left(), [0, 1]);
  });

  it('keeps runs for some days', () => {
    for (const hours of [0, 1, 24 * 29, 24 * 31, 24 * 60]) write(hours);
    tidyRuns(state.runs, BOUNDS, NOW);
    assert.deepEqual(left(), [0, 1, 24 * 29]);
  });

  it('leaves a run that lives, one that may live elsewhere, one without a head yet, and what is none', () => {
    write(0);
    write(1);
    const old = 24 * 40;
    const alive = write(old + 1, [], { process: thisProcess() });
    const killed = write(old + 2, []);
    const elsewhere = write(old + 3, [], { process: { ...thisProcess(), host: 'another', boot: 'another' } });
    const forsaken = write(old + 4, [], { process: { ...thisProcess(), host: 'another', boot: 'another' } });
    const begun = write(old + 5);
    writeFileSync(begun, '');
    for (const path of [alive, killed, elsewhere, begun]) utimesSync(path, NOW / 1000, NOW / 1000);
    utimesSync(forsaken, NOW / 1000 - 8 * 24 * 3600, NOW / 1000 - 8 * 24 * 3600);
    writeFileSync(join(state.runs, 'notes.txt'), 'mine');
    tidyRuns(state.runs, BOUNDS, NOW);
    assert.deepEqual(
      [alive, killed, elsewhere, forsaken, begun, join(state.runs, 'notes.txt')].map(path => existsSync(path)),
      [true, false, true, false, true, true],
    );
  });

  it('is safe with several at once', async () => {
    for (const hours of upTo(300)) write(hours);
    const alive = write(400, [], { process: thisProcess() });
    const program = `
      import { tidyRuns } from ${JSON.stringify(join(compiledRoot, 'src/journal/tidy-runs.js'))};
      process.stdin.once('data', () => { tidyRuns(${JSON.stringify(state.runs)}, ${JSON.stringify(BOUNDS)}, ${NOW}); process.exit(0); });
      process.stdout.write('ready');`;
    const children = [1, 2, 3, 4].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    await Promise.all(children.map(child => once(child.stdout, 'data')));
    const ended = children.map(child => once(child, 'close'));
    for (const child of children) child.stdin.write('go');
    assert.deepEqual(
      (await Promise.all(ended)).map(([code]) => code as number),
      [0, 0, 0, 0],
    );
    assert.deepEqual(left(), [...upTo(10), 400]);
    assert.equal(readdirSync(state.runs).length, 11);
    assert.ok(existsSync(alive));
  });
});
