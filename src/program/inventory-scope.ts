// The scope of a host as the inventory alone describes it: for connecting, and for looking things up.
import type { Scope } from '../expression/scope.ts';
import { magicNames, magicVariable, type Magic } from './magic.ts';
import { createScope } from './scope.ts';
import type { HostEntry, Program } from './types.ts';

/** A scope over a host's inventory variables, `-e` and the magic variables; no play, no facts. */
export function inventoryScope(program: Program, entry: HostEntry): Scope {
  const scopeOf = (other: string): Scope => inventoryScope(program, program.hosts[other] ?? entry);
  const magic: Magic = { program, host: entry, playHosts: [], scopeOf };
  return createScope({
    values: name => magicVariable(name, magic),
    valueNames: () => magicNames(program),
    layers: () => [entry.variables, program.extra],
  });
}
