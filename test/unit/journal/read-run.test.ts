// What is read of a run that was cut off, altered by a disk, or is none.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRun, latestRuns } from '../../../src/journal/find-runs.ts';
import { hostsToRetry } from '../../../src/journal/hosts-to-retry.ts';
import { outlineOf } from '../../../src/journal/outline.ts';
import { parseRun, readRun } from '../../../src/journal/read-run.ts';
import { runPath } from '../../../src/journal/run-files.ts';
import type { RunHead, RunOutline } from '../../../src/journal/types.ts';
import type { Event } from '../../../src/report/events.ts';
import { fileOf, FINISHED, headOf, note, STARTED } from './support/events.ts';
import { State } from './support/state.ts';

function outline(...events: readonly Event[]): RunOutline | undefined {
  const run = parseRun(fileOf(headOf(), ...events));
  return run && outlineOf(run);
}

describe('journal/read-run', () => {
  it('gives what was written, wherever the text was cut off', () => {
    const events = [STARTED, note('größer'), FINISHED];
    const bytes = Buffer.from(fileOf(headOf(), ...events));
    const ends = [...bytes.keys()].filter(index => bytes[index] === 10);
    for (let length = 0; length <= bytes.length; length += 1) {
      const run = parseRun(bytes.subarray(0, length).toString());
      const whole = ends.filter(end => end < length).length;
      if (whole === 0) assert.equal(run, undefined);
      else assert.deepEqual([run?.events, run?.lost], [events.slice(0, whole - 1), 0], `cut at ${length}`);
    }
  });

  it('passes over lines that cannot be read, and counts them', () => {
    const [head = '', started = '', said = ''] = fileOf(headOf(), STARTED, note('said')).split('\n');
    const run = parseRun([head, started, '\0\0\0', '{"kind":"no', '', '{"kind":"of a later time"}', '7', 'null', said, ''].join('\n'));
    assert.deepEqual([run?.events, run?.lost], [[STARTED, note('said')], 6]);
  });

  it('takes nothing for a run that does not begin like one', () => {
    const later = fileOf({ ...headOf(), schema: 'tsplay.journal/2' as RunHead['schema'] }, STARTED);
    for (const text of ['', '\n', 'no\n', '{}\n', '[]\n', fileOf(headOf()).slice(0, -1), JSON.stringify(STARTED), later])
      assert.equal(parseRun(text), undefined, text);
  });

  it('tells what it came to: ended, killed, or neither begun', () => {
    assert.equal(outline(note('before')), undefined);
    assert.deepEqual(outline(STARTED, FINISHED)?.standing, { kind: 'ended', exitCode: 2 });
    assert.deepEqual(outline(STARTED)?.standing, { kind: 'killed' });
    const lost: Event = { kind: 'host-lost', host: 'n2', message: 'gone' };
    assert.deepEqual(
      outline(STARTED, lost)?.recap.map(({ host, unreachable }) => `${host} ${unreachable}`),
      ['n1 0', 'n2 1'],
    );
  });

  it('tells which hosts are to be tried again', () => {
    const hosts = (...events: readonly Event[]): readonly string[] => hostsToRetry(outline(...events) as RunOutline);
    assert.deepEqual(hosts(STARTED, FINISHED), ['n2']);
    assert.deepEqual(hosts(STARTED), ['n1', 'n2']);
    assert.deepEqual(hosts(STARTED, { ...FINISHED, notDone: ['a task'] } as Event), ['n1', 'n2']);
  });

  it('finds a run by its id, by the first digits of it, and the last one, among other files', () => {
    using state = new State();
    const write = (id: string, since: string): void =>
      writeFileSync(runPath(state.runs, since, id), fileOf(headOf({ id, since }), STARTED), { mode: 0o600 });
    assert.deepEqual([...latestRuns()], []);
    assert.throws(() => findRun('last'), /no run is kept/);
    mkdirSync(state.runs, { recursive: true, mode: 0o700 });
    write('aaaa1111', '2026-01-01T00:00:00.001Z');
    write('aaaa2222', '2025-01-01T00:00:00.000Z');
    writeFileSync(join(state.runs, '20270101T000000000Z-ffff0000.jsonl'), 'something else\n', { mode: 0o600 });
    for (const name of ['notes.txt', '20270101T000000000Z-ffff0000.jsonl.orig', 'x-bbbb1111.jsonl'])
      writeFileSync(join(state.runs, name), 'x');
    mkdirSync(join(state.runs, '20270101T000000000Z-ffff1111.jsonl'));
    const ids = (): readonly string[] => [...latestRuns()].map(({ head }) => head.id);
    assert.deepEqual(ids(), ['aaaa1111', 'aaaa2222']);
    assert.equal(findRun('aaaa2').head.id, 'aaaa2222');
    assert.equal(findRun('last').head.id, 'aaaa1111');
    assert.throws(() => findRun('aaaa'), /several runs begin with aaaa, name one of aaaa2222, aaaa1111/);
    assert.throws(() => findRun('bbbb'), /there is no run bbbb, tsplay runs lists/);
  });

  it('believes nothing that others could have written', () => {
    using state = new State();
    mkdirSync(state.runs, { recursive: true, mode: 0o700 });
    const path = runPath(state.runs, '2026-01-01T00:00:00.000Z', 'aaaa1111');
    const link = runPath(state.runs, '2026-01-01T00:00:00.000Z', 'aaaa2222');
    writeFileSync(path, fileOf(headOf({ id: 'aaaa1111' }), STARTED), { mode: 0o600 });
    symlinkSync(path, link);
    assert.equal(readRun(link), undefined);
    chmodSync(path, 0o620);
    assert.equal(readRun(path), undefined);
    chmodSync(path, 0o600);
    assert.equal([...latestRuns()].length, 1);
    chmodSync(state.directory, 0o777);
    assert.deepEqual([...latestRuns()], []);
  });
});
