// A map whose parts are known or unknown each by itself: what a module gives of facts that a dry run knows in part.
import { DependsOnUnknown, Unknown } from './unknown.ts';
import type { Value, ValueMap } from './value.ts';

/** Looks at each part by itself: what depends on something unknown stands as an Unknown, the rest as it is. */
export function partByPart(parts: Readonly<Record<string, () => Value>>): ValueMap {
  return Object.fromEntries(Object.entries(parts).map(([name, look]) => [name, known(look)]));
}

function known(look: () => Value): Value {
  try {
    return look();
  } catch (error) {
    if (error instanceof DependsOnUnknown) return new Unknown(error.because);
    throw error;
  }
}
