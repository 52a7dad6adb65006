// Scopes: what a name means for one host. Layers of variables, evaluated when they are asked for and remembered.
import { InputError } from '../errors/errors.ts';
import type { Scope } from '../expression/scope.ts';
import { CONNECTION_ALIASES } from '../load/variables/connection-variables.ts';
import type { Value } from '../util/value.ts';
import { evaluate } from './evaluate.ts';
import { MAGIC_ALIASES } from './magic.ts';
import type { Variable, Variables } from './types.ts';

/** Where names come from. Values win over layers, and later layers over earlier ones. */
export interface ScopeSources {
  /** Values that exist already: magic variables, registered results, loop items. Asked first. */
  readonly values: (name: string) => { readonly value: Value } | undefined;
  readonly valueNames: () => readonly string[];
  /** Weakest first. Asked for once, when a name is none of the values. */
  readonly layers: () => readonly Variables[];
}

/** A scope over the sources. Variables may refer to one another; a circle is an error that names the whole chain. */
export function createScope(sources: ScopeSources): Scope {
  const known = new Map<string, Value>();
  const pending: string[] = [];
  let made: readonly Variables[] | undefined;
  const layers = (): readonly Variables[] => (made ??= sources.layers());
  const scope: Scope = {
    lookup(name) {
      const direct = sources.values(name);
      if (direct !== undefined) return { found: true, value: direct.value };
      const remembered = known.get(name);
      if (remembered !== undefined) return { found: true, value: remembered };
      const variable = find(layers(), name);
      if (variable === undefined) {
        const ours = CONNECTION_ALIASES.get(name) ?? MAGIC_ALIASES.get(name);
        return ours === undefined ? { found: false } : scope.lookup(ours);
      }
      if (pending.includes(name)) throw circle([...pending.slice(pending.indexOf(name)), name], variable);
      pending.push(name);
      try {
        const value = evaluate(variable.node, scope);
        known.set(name, value);
        return { found: true, value };
      } finally {
        pending.pop();
      }
    },
    names: () => [...new Set([...sources.valueNames(), ...layers().flatMap(layer => Object.keys(layer))])],
  };
  return scope;
}

function find(layers: readonly Variables[], name: string): Variable | undefined {
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    const layer = layers[index];
    if (layer !== undefined && Object.hasOwn(layer, name)) return layer[name];
  }
  return undefined;
}

function circle(chain: readonly string[], variable: Variable): InputError {
  const at = variable.node.at;
  const what = `variable "${chain[0] ?? ''}" is defined by itself: ${chain.join(' → ')}`;
  return new InputError([{ ...(at && { at }), what, advice: `break the circle${at ? '' : ` (${variable.source})`}` }]);
}
