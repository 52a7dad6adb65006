// The variables of a role in YAML for the hosts of a play: its defaults below what the inventory says, its vars above the play, both checked against its schema.
import { InputError } from '../errors/errors.ts';
import type { Scope } from '../expression/scope.ts';
import type { WrittenRole } from '../load/types.ts';
import { validateResolved } from '../schema/validate-resolved.ts';
import { unknownsIn, type Value } from '../util/value.ts';
import type { CompileContext } from './compile-context.ts';
import { variablesFromSources } from './compile-context.ts';
import type { CallView } from './compile-role.ts';
import { compileScope } from './compile-scope.ts';
import { inputErrorOf } from './input-error.ts';
import { GIVEN_NAMES } from './magic.ts';
import { nodeFromData } from './node.ts';
import type { AnyRole } from './role.ts';
import { roleDefaults } from './role-variables.ts';
import { defaultsOf } from './scope-layers.ts';
import type { Variable, Variables } from './types.ts';

/** Names of shared variables. */
export interface WrittenScopes {
  readonly defaults: string;
  readonly vars: string;
}

interface Called {
  readonly written: WrittenRole;
  /** Where it has a schema. */
  readonly role: AnyRole | undefined;
  readonly view: Omit<CallView, 'around'>;
  /** What is said around the call, for a host. */
  readonly around: (host: string) => Variables;
}

/** Adds the variables of a role. What is wrong with them is reported. */
export function writtenRole({ written, role, view, around }: Called, hosts: readonly string[], context: CompileContext): WrittenScopes {
  const own: Variables = { ...(role && roleDefaults(role)), ...variablesFromSources(written.defaults, context.secrets) };
  const defaults = context.addScope(defaultsOf(view.label), own);
  const vars = variablesFromSources(written.vars, context.secrets);
  const given: Variables = {
    [GIVEN_NAMES.role]: { node: nodeFromData(written.name), source: 'always there' },
    [GIVEN_NAMES.rolePath]: { node: nodeFromData(written.directory), source: 'always there' },
  };
  if (role !== undefined)
    for (const host of hosts) checkOn(host, role, [{ ...view.under, ...own }, around(host), vars, view.given], view, hosts, context);
  return { defaults, vars: context.addScope(`vars of ${view.label}`, { ...vars, ...given }) };
}

/** What can be told before the run: a value that needs the host, or the result of a task, is the task's to look at. */
function checkOn(
  host: string,
  role: AnyRole,
  [defaults = {}, ...layers]: readonly Variables[],
  { at }: Pick<CallView, 'at'>,
  playHosts: readonly string[],
  context: CompileContext,
): void {
  const inventory = context.hosts[host]?.variables ?? {};
  const below = Object.fromEntries(Object.entries(defaults).filter(([name]) => !Object.hasOwn(inventory, name)));
  const scope = compileScope(context, host, playHosts, [below, ...layers]);
  for (const [name, schema] of Object.entries(role.vars)) {
    const sources = [context.extra, ...layers.toReversed(), inventory, defaults];
    const variable: Variable | undefined = sources.find(source => Object.hasOwn(source, name))?.[name];
    if (variable === undefined) {
      if (role.required?.includes(name) === true)
        context.problem({
          at,
          what: `role ${role.name} needs ${name} for host ${host}`,
          advice: 'set it in the inventory or beside the role',
        });
      continue;
    }
    const value = valueOf(name, scope);
    if (value === undefined || unknownsIn(value).length > 0) continue;
    try {
      validateResolved(schema, value, { what: name, at: variable.node.at ?? at });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      error.problems.forEach(context.problem);
    }
  }
}

/** A name that is not there yet may be one that a task gives. */
function valueOf(name: string, scope: Scope): Value | undefined {
  try {
    const found = scope.lookup(name);
    return found.found ? found.value : undefined;
  } catch (error) {
    if (inputErrorOf(error) === undefined) throw error;
    return undefined;
  }
}
