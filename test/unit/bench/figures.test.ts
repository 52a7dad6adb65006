// What is made of the samples: medians, spreads, goals, the order of a round, the page.
import assert from 'node:assert/strict';
import { median, roundTripsOf, spreadOf, type Sample } from '../../../bench/figures.ts';
import { judgeGoals } from '../../../bench/goals.ts';
import { pageOf } from '../../../bench/page.ts';
import type { Part, ProgramName } from '../../../bench/programs.ts';
import { orderOf } from '../../../bench/rounds.ts';

const samples = (part: Part, program: ProgramName, times: readonly number[], more: Partial<Sample> = {}): readonly Sample[] =>
  times.map((milliseconds, index) => ({ part, program, round: index + 1, milliseconds, ...more }));

const MEASURED: readonly Sample[] = [
  ...samples('first', 'tsplay', [1000]),
  ...samples('first', 'pyinfra', [2000]),
  ...samples('first', 'ansible', [12_000]),
  ...samples('converged', 'tsplay', [300, 100, 200]),
  ...samples('converged', 'tsplay', [1], { failure: 'it changed | something' }),
  ...samples('converged', 'floor', [250, 150]),
  ...samples('proxied', 'tsplay', [800], { roundTrips: 12, frames: 6 }),
  ...samples('proxied', 'connect', [700], { roundTrips: 10, frames: 3 }),
];

describe('bench/figures', () => {
  it('takes the middle of the sorted numbers, or the mean of the two', () => {
    assert.equal(median([]), undefined);
    assert.equal(median([9]), 9);
    assert.equal(median([10, 9, 200]), 10);
    assert.equal(median([4, 1, 3, 100]), 3.5);
  });

  it('does not count runs that failed', () => {
    assert.deepEqual(spreadOf(MEASURED, 'converged', 'tsplay'), { median: 200, least: 100, most: 300 });
    assert.equal(spreadOf(MEASURED, 'first', 'floor'), undefined);
    assert.equal(roundTripsOf(MEASURED, 'tsplay'), 12);
    assert.equal(roundTripsOf(MEASURED, 'floor'), undefined);
  });
});

describe('bench/goals', () => {
  it('are ratios; what was not measured is not met', () => {
    assert.deepEqual(
      judgeGoals(MEASURED).map(({ reached, isMet }) => [reached, isMet]),
      [
        [1, true],
        [undefined, false],
        [2, false],
        [12, true],
        [3, true],
        [3, true],
      ],
    );
  });
});

describe('bench/rounds', () => {
  it('have another order each', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map(round => orderOf(['a', 'b', 'c'], round).join('')),
      ['abc', 'acb', 'cab', 'cba'],
    );
    assert.deepEqual(orderOf([], 1), []);
  });
});

describe('bench/page', () => {
  const page = pageOf({
    machine: '2 cores',
    commit: 'abc',
    date: '2026-01-02',
    rounds: 3,
    hosts: 3,
    versions: { OpenSSH: '9.2p1' },
    samples: MEASURED,
    efforts: [{ program: 'tsplay', peakMegabytes: 81.6, processorMilliseconds: 250 }],
    absences: [{ program: 'pyinfra', why: 'it cannot be installed: no network' }],
  });

  for (const line of [
    '| nothing left to do: time, as a multiple of floor.sh | at most 1 | 1.00 | met |',
    '| nothing left to do: time, as a multiple of floor-tuned.sh | at most 1.5 | – | not measured |',
    '| first run: times faster than pyinfra | at least 3 | 2.00 | **missed** |',
    '| tsplay | 0.200 s | 0.100 s to 0.300 s | 1.00 | 1 of 4 |',
    '| floor.sh | 0.200 s | 0.150 s to 0.250 s | 1.00 |  |',
    '| tsplay, one task | 0.700 s | 0.700 s to 0.700 s | 0.88 | 10 | 3 |  |',
    '| tsplay | 82 MiB | 0.250 s |',
    '- pyinfra: it cannot be installed: no network',
    '- tsplay, nothing left to do, round 1: it changed | something',
  ])
    it(`says ${line}`, () => assert.ok(page.split('\n').includes(line), page));

  it('leaves out programs that had no run in a part', () => {
    const converged = page.slice(page.indexOf('## Nothing left to do\n'), page.indexOf('## Nothing left to do,'));
    assert.ok(converged.includes('floor.sh'));
    assert.ok(!converged.includes('one task'));
  });
});
