// Where names come from: the one question templates and conditions ask of the world.
import type { Value, ValueMap } from '../util/value.ts';

export type Found = { readonly found: true; readonly value: Value } | { readonly found: false };

/** Variables by name. A lookup may work its value out on demand; the same name gives the same value. */
export interface Scope {
  lookup(name: string): Found;
  /** All names, for "did you mean". */
  names(): readonly string[];
}

/** A scope over plain values: only a map's own keys are variables. */
export function mapScope(values: ValueMap): Scope {
  return {
    lookup: name => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? { found: false } : { found: true, value };
    },
    names: () => Object.keys(values),
  };
}
