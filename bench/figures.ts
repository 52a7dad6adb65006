// Arithmetic on what was measured.
import type { Part, ProgramName } from './programs.ts';

/** One run of a program. */
export interface Sample {
  readonly part: Part;
  readonly program: ProgramName;
  readonly round: number;
  readonly milliseconds: number;
  /** Why it does not count. */
  readonly failure?: string;
  /** Round trips on the wire to the host with the most; only the proxy sees them. */
  readonly roundTrips?: number;
  /** Round trips that tsplay speaks of, its frames to all hosts together. */
  readonly frames?: number;
}

/** Milliseconds of the runs that count. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The middle of the sorted numbers, or the mean of the two; undefined of none. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** Of a part and a program; undefined when no run counts. */
export function spreadOf(samples: readonly Sample[], part: Part, program: ProgramName): Spread | undefined {
  const times = good(samples, part, program).map(sample => sample.milliseconds);
  const middle = median(times);
  return middle === undefined ? undefined : { median: middle, least: Math.min(...times), most: Math.max(...times) };
}

/** Median of the round trips on the wire through the proxy; undefined when no run counts. */
export function roundTripsOf(samples: readonly Sample[], program: ProgramName): number | undefined {
  return median(good(samples, 'proxied', program).flatMap(sample => sample.roundTrips ?? []));
}

function good(samples: readonly Sample[], part: Part, program: ProgramName): readonly Sample[] {
  return samples.filter(sample => sample.part === part && sample.program === program && sample.failure === undefined);
}
