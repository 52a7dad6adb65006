// What is wrong in a text on its own, before it is known where the text stands.
import type { Position, Problem } from '../errors/problem.ts';
import { placeWithin, type TextPlace } from './text-position.ts';

/** A problem at a place inside a text. */
export interface Fault {
  readonly place: TextPlace;
  readonly what: string;
  readonly advice?: string;
}

/** A fault, as advice may be missing. */
export function fault(place: TextPlace, what: string, advice?: string): Fault {
  return { place, what, ...(advice === undefined ? {} : { advice }) };
}

/** The fault as a problem in a file. */
export function problemOf(found: Fault, at: Position | undefined): Problem {
  const where = placeWithin(at, found.place);
  return {
    ...(where === undefined ? {} : { at: where }),
    what: found.what,
    ...(found.advice === undefined ? {} : { advice: found.advice }),
  };
}
