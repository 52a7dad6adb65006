// What `register` keeps: whether it changed, failed or was skipped, and what the module gave.
import type { Value } from '../../util/value.ts';
import { isMap } from '../../util/value.ts';
import { Unknown } from '../../util/unknown.ts';
import type { Outcome } from '../state/outcome.ts';

export const SKIPPED: Value = Object.freeze({ changed: false, failed: false, skipped: true });

/** The registered value of one outcome. In a dry run the parts that cannot be known are unknown, each by itself. */
export function registeredValue(outcome: Pick<Outcome, 'status' | 'because' | 'message' | 'result'>): Value {
  if (outcome.status === 'unknown') return new Unknown(outcome.because);
  const base = {
    changed: outcome.status === 'changed',
    failed: outcome.status === 'failed',
    skipped: false,
    ...(outcome.message !== undefined && { msg: outcome.message }),
  };
  if (outcome.result instanceof Unknown) return outcome.result;
  if (isMap(outcome.result)) return { ...base, ...outcome.result };
  return outcome.result === null ? base : { ...base, value: outcome.result };
}

/** The registered value of a loop. */
export function registeredLoop(results: readonly Value[]): Value {
  const partsOf = (name: string): readonly Value[] => results.map(result => (isMap(result) ? (result[name] ?? false) : result));
  return { changed: anyOf(partsOf('changed')), failed: anyOf(partsOf('failed')), skipped: allOf(partsOf('skipped')), results };
}

/** One that holds outweighs what is unknown, as `||` has it. */
function anyOf(flags: readonly Value[]): Value {
  return flags.find(flag => flag === true) ?? flags.find(flag => flag instanceof Unknown) ?? false;
}

function allOf(flags: readonly Value[]): Value {
  return flags.find(flag => flag !== true && !(flag instanceof Unknown)) ?? flags.find(flag => flag instanceof Unknown) ?? true;
}
