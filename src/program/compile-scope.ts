// The scope of a host while the Program is made: inventory, play and role variables, but nothing that is read on the host.
import { InputError } from '../errors/errors.ts';
import type { Scope } from '../expression/scope.ts';
import { Unknown } from '../util/unknown.ts';
import type { CompileContext } from './compile-context.ts';
import { magicNames, magicVariable, type Magic } from './magic.ts';
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
  const scopeOf = (other: string): Scope => compileScope(context, other, playHosts, []);
  const magic: Magic = { program: ground, host: entry, playHosts, scopeOf };
  return createScope({
    values: name => (name === 'facts' ? { value: new Unknown([NEEDS_HOST]) } : magicVariable(name, magic)),
    valueNames: () => [...magicNames(ground), 'facts'],
    layers: () => [entry.variables, ...layers, context.extra],
  });
}
