// What is said of host patterns and limits. Each entry has a case in the tests.
import type { Position } from '../../errors/problem.ts';
import { advice, place, problemTable } from '../../schema/problem-table.ts';

/** A pattern as it was given: `hosts` of a play, or the limit. */
export interface PatternSpot {
  readonly noun: 'pattern' | 'limit';
  readonly at: Position | undefined;
}

const named = (spot: PatternSpot, text: string): string => `the ${spot.noun} ${JSON.stringify(text)}`;

export const patternProblems = problemTable('pattern', {
  empty: (spot: PatternSpot) => ({ ...place(spot.at), what: `the ${spot.noun} is empty`, advice: 'write a host, a group or all' }),
  unknown: (spot: PatternSpot, text: string, near: string | undefined) => ({
    ...place(spot.at),
    what: `${named(spot, text)} matches no host or group`,
    ...advice(near),
  }),
  'no-inventory': (spot: PatternSpot, text: string) => ({
    ...place(spot.at),
    what: `${named(spot, text)} needs an inventory`,
    advice: 'name one with -i',
  }),
  nothing: (spot: PatternSpot, text: string, empty: readonly string[]) => ({
    ...place(spot.at),
    what: `${named(spot, text)} leaves no host`,
    ...advice(empty.length === 0 ? undefined : `put hosts into ${empty.join(' and ')}`),
  }),
  'out-of-range': (spot: PatternSpot, text: string, count: number) => ({
    ...place(spot.at),
    what: `${named(spot, text)} takes none of the ${count === 1 ? '1 host' : `${count} hosts`} there`,
    advice: `the first is [0], the last is [-1]`,
  }),
  regex: (spot: PatternSpot, text: string) => ({ ...place(spot.at), what: `${named(spot, text)} is no regular expression` }),
  'limit-misses': (text: string) => ({ what: `the limit ${JSON.stringify(text)} leaves no host of any play` }),
});
