// Moments spread over a timeline: a run that nothing disturbed has shown what takes how long, and another is broken at a part of it.
import type { Event } from '../../../src/report/events.ts';

/** A step of a run, and when it was told of. */
export interface TimedStep {
  readonly event: Event;
  readonly at: number;
}

/** So long after its so-manieth step. */
export interface Moment {
  readonly event: number;
  readonly milliseconds: number;
}

/** The moment at a part (0 to 1) of the time between two steps, as so long after the step before it. */
export function momentIn(steps: readonly TimedStep[], [first, last]: readonly [number, number], part: number): Moment {
  const [from, to] = [steps[first], steps[last]];
  if (from === undefined || to === undefined) throw new Error(`there are ${steps.length} steps, not those from ${first} to ${last}`);
  const moment = from.at + part * (to.at - from.at);
  const event = steps.findLastIndex(({ at }) => at <= moment);
  return { event, milliseconds: moment - (steps[event]?.at ?? moment) };
}
