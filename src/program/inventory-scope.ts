// The scope of a host as the inventory alone describes it: for connecting, and for looking things up.
import type { Scope } from '../expression/scope.ts';
import { magicVariables } from './magic.ts';
import { createScope } from './scope.ts';
import type { HostEntry, Program } from './types.ts';

/** A scope over a host's inventory variables, `-e` and the magic variables; no play, no facts. */
export function inventoryScope(program: Program, entry: HostEntry): Scope {
  const values = magicVariables(program, entry, [], other => inventoryScope(program, program.hosts[other] ?? entry));
  return createScope({
    values: name => {
      const value = values.get(name);
      return value && { value: value() };
    },
    valueNames: () => [...values.keys()],
    layers: [entry.variables, program.extra],
  });
}
