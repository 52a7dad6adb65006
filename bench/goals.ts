// What tsplay has to reach, as ratios to the other programs of the same rounds.
import { roundTripsOf, spreadOf, type Sample } from './figures.ts';
import type { Part, ProgramName } from './programs.ts';

/** Milliseconds to the hosts and back through the proxy. */
export const ROUND_TRIP = 50;

/** Round trips that connect.yml takes for its one task. */
const CONNECT_ASKS = 1;

/** A goal and how far it is. */
export interface Goal {
  readonly what: string;
  readonly bound: string;
  /** Undefined when what it takes was not measured. */
  readonly reached: number | undefined;
  readonly isMet: boolean;
}

interface GoalSpec {
  readonly what: string;
  readonly of: (samples: readonly Sample[]) => number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

const GOALS: readonly GoalSpec[] = [
  {
    what: 'nothing left to do: time, as a multiple of floor.sh',
    of: samples => timeOf(samples, 'converged', 'tsplay') / timeOf(samples, 'converged', 'floor'),
    atMost: 1,
  },
  {
    what: 'nothing left to do: time, as a multiple of floor-tuned.sh',
    of: samples => timeOf(samples, 'converged', 'tsplay') / timeOf(samples, 'converged', 'floor-tuned'),
    atMost: 1.5,
  },
  {
    what: 'first run: times faster than pyinfra',
    of: samples => timeOf(samples, 'first', 'pyinfra') / timeOf(samples, 'first', 'tsplay'),
    atLeast: 3,
  },
  {
    what: 'first run: times faster than ansible-core',
    of: samples => timeOf(samples, 'first', 'ansible') / timeOf(samples, 'first', 'tsplay'),
    atLeast: 12,
  },
  {
    what: 'through the proxy: time beside that of connecting, in round trips',
    of: samples => (timeOf(samples, 'proxied', 'tsplay') - timeOf(samples, 'proxied', 'connect')) / ROUND_TRIP + CONNECT_ASKS,
    atMost: 3,
  },
  {
    what: 'through the proxy: round trips on the wire beside those of connecting',
    of: samples => (roundTripsOf(samples, 'tsplay') ?? NaN) - (roundTripsOf(samples, 'connect') ?? NaN) + CONNECT_ASKS,
    atMost: 3,
  },
];

/** All goals with what the samples say of them. */
export function judgeGoals(samples: readonly Sample[]): readonly Goal[] {
  return GOALS.map(({ what, of, atMost = Infinity, atLeast = -Infinity }) => {
    const value = of(samples);
    return {
      what,
      bound: atMost === Infinity ? `at least ${atLeast}` : `at most ${atMost}`,
      reached: Number.isNaN(value) ? undefined : value,
      isMet: value <= atMost && value >= atLeast,
    };
  });
}

/** Median in milliseconds; NaN where nothing was measured, which then is what comes of all arithmetic with it. */
function timeOf(samples: readonly Sample[], part: Part, program: ProgramName): number {
  return spreadOf(samples, part, program)?.median ?? NaN;
}
