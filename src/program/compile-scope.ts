// The scope of a host while the Program is made: inventory, play and role variables, but nothing that is read on the host.
import { InputError } from '../errors/errors.ts';
import type { Scope } from '../expression/scope.ts';
import { Unknown } from '../util/unknown.ts';
import type { Value } from '../util/value.ts';
import type { CompileContext } from './compile-context.ts';
import { magicVariables } from './magic.ts';
import { createScope } from './scope.ts';
import type { Variables } from './types.ts';

/** What a fact gives before any connection: an unknown whose reason says so. */
export const NEEDS_HOST = 'the value is read on the host';

/** A scope for one host over further layers, weakest first. */
export function compileScope(context: CompileContext, host: string, playHosts: readonly string[], layers: readonly Variables[]): Scope {
  const entry = context.hosts[host];
  if (entry === undefined)
    throw new InputError([{ what: `there is no host "${host}" in the inventory`, advice: 'add it or correct the name' }]);
  const ground = {
    hosts: context.hosts,
    groups: context.groups,
    magic: context.options.magic,
    playbook: context.input.playbook.file,
    inventory: context.input.inventory.name,
  };
  const values = new Map<string, () => Value>(
    magicVariables(ground, entry, playHosts, other => compileScope(context, other, playHosts, [])),
  );
  values.set('facts', () => new Unknown([NEEDS_HOST]));
  return createScope({
    values: name => {
      const value = values.get(name);
      return value && { value: value() };
    },
    valueNames: () => [...values.keys()],
    layers: [entry.variables, ...layers, context.extra],
  });
}
