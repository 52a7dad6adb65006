// Roles for the hosts of a play: variables evaluated, functions called, tasks compiled host by host.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors/errors.ts';
import { formatPosition, type Position, type Problem } from '../errors/problem.ts';
import { nearest } from '../util/nearest.ts';
import { isMap, type Value } from '../util/value.ts';
import type { CompileContext } from './compile-context.ts';
import { compileScope } from './compile-scope.ts';
import { inputErrorOf } from './input-error.ts';
import { resolveRoleVariables, roleDefaults, type RoleValues } from './role-variables.ts';
import { parametersOf } from './scope-layers.ts';
import { GIVEN_NAMES } from './magic.ts';
import { nodeFromData } from './node.ts';
import type { AnyRole, HostView, RoleHost, RoleTask, Scenario } from './role.ts';
import type { Variable, Variables } from './types.ts';

type RoleFunction<T> = (vars: Readonly<Record<string, unknown>>, host: RoleHost) => readonly T[];

/** What a role gives for one host. */
export interface RoleForHost {
  readonly scope: string;
  readonly tasks: readonly RoleTask[];
  readonly handlers: readonly RoleTask[];
  readonly verify: readonly RoleTask[];
  readonly chaos: readonly Scenario[];
}

/** Folders that hold a role's templates/ and files/: its own, and in a compiled tree the source beside it. */
export function roleDirectories(role: AnyRole): readonly string[] {
  const own = dirname(fileURLToPath(role.at));
  const source = own.replace(/\/(?:dist|\.build\/[^/]+)\/roles\//, '/roles/');
  return [own, source].filter((directory, index, all) => all.indexOf(directory) === index && existsSync(join(directory, '.')));
}

/** What a call of a role sees. */
export interface CallView {
  /** Names the shared variables of the role. */
  readonly label: string;
  readonly at: Position;
  /** Parameters of the role, and of those that lead to it. */
  readonly given: Variables;
  /** What the play and everything else around the call says. */
  readonly around: Variables;
  /** Defaults of roles that lead to it. */
  readonly under: Variables;
}

/**
 * Calls a role's functions for one host of a play.
 * @throws InputError with the role's own words at the place it was asked for
 */
export function roleForHost(
  role: AnyRole,
  { label, at, given, around, under }: CallView,
  host: string,
  playHosts: readonly string[],
  context: CompileContext,
): RoleForHost {
  const defaults = { ...under, ...roleDefaults(role) };
  const entry = context.hosts[host];
  const winner = (name: string): Variable | undefined =>
    context.extra[name] ?? given[name] ?? around[name] ?? entry?.variables[name] ?? defaults[name];
  const layer = Object.fromEntries(Object.keys(role.vars).flatMap(name => asEntry(name, winner(name))));
  const scope = compileScope(context, host, playHosts, [around, layer]);
  const resolved = resolveRoleVariables(role, scope, winner, at, host);
  const view = roleHost(host, playHosts, context);
  const call = <T>(make: RoleFunction<T> | undefined): readonly T[] =>
    callRole(role, at, host, make, resolved, view, { variables: entry?.variables ?? {}, groupsAt: context.input.inventory.groupsAt });
  call(role.advice).forEach(context.advise);
  const own = { [GIVEN_NAMES.role]: { node: nodeFromData(role.name), source: 'always there' } };
  const name = context.addScope(`role ${label} on ${host}`, { ...resolved.nodes, ...own });
  const parameters = Object.entries(resolved.nodes).filter(([variable]) => Object.hasOwn(given, variable));
  if (parameters.length > 0) context.addScope(parametersOf(name), Object.fromEntries(parameters));
  return {
    scope: name,
    tasks: call(role.tasks),
    handlers: call(role.handlers),
    verify: call(role.verify),
    chaos: call(role.chaos),
  };
}

function asEntry(name: string, variable: Variable | undefined): readonly (readonly [string, Variable])[] {
  return variable === undefined ? [] : [[name, variable]];
}

function callRole<T>(
  role: AnyRole,
  at: Position,
  host: string,
  make: RoleFunction<T> | undefined,
  resolved: RoleValues,
  view: RoleHost,
  inventory: Written,
): readonly T[] {
  if (make === undefined) return [];
  try {
    return make(resolved.values, view);
  } catch (error) {
    throw (
      inputErrorOf(error) ??
      new InputError([refusalOf(role, at, host, error instanceof Error ? error.message : String(error), resolved, inventory)])
    );
  }
}

/** What is written of a host, for words about it. */
interface Written {
  readonly variables: Variables;
  readonly groupsAt: ReadonlyMap<string, Position>;
}

/** The role's own words, where the variables that they name have their values from, and what in the inventory may be misspelt. */
function refusalOf(role: AnyRole, at: Position, host: string, words: string, { nodes }: RoleValues, written: Written): Problem {
  const { variables, groupsAt } = written;
  const named = new Set(words.match(/\w+/g));
  const places = Object.entries(nodes).flatMap(([name, { node }]) =>
    named.has(name) && node.at !== undefined ? [`${name} at ${formatPosition(node.at)}`] : [],
  );
  const unset = Object.keys(role.vars).filter(name => !Object.hasOwn(variables, name));
  const misspelt = Object.entries(variables).flatMap(([name, { node }]) =>
    Object.hasOwn(role.vars, name) ? [] : meant(name, node.at, nearest(name, unset)),
  );
  const groups = [...words.matchAll(/"([\w-]+)"/g)].flatMap(([, group = '']) => {
    const near = groupsAt.has(group) ? undefined : nearest(group, groupsAt.keys());
    return near === undefined ? [] : meant(near, groupsAt.get(near), group);
  });
  const advice = [...(places.length > 0 ? [`look at ${places.join(', ')}`] : []), ...misspelt, ...groups];
  return {
    at,
    what: `role ${role.name} refuses host ${host}: ${words}`,
    ...(advice.length > 0 && { advice: advice.join('; ') }),
  };
}

function meant(name: string, at: Position | undefined, near: string | undefined): readonly string[] {
  return at === undefined || near === undefined ? [] : [`${name} at ${formatPosition(at)} may be meant to be ${near}`];
}

function roleHost(host: string, playHosts: readonly string[], context: CompileContext): RoleHost {
  const view = (name: string): HostView => hostView(name, playHosts, context);
  return {
    ...view(host),
    group: name => (context.groups[name] ?? []).map(view),
    play: playHosts.map(view),
  };
}

function hostView(name: string, playHosts: readonly string[], context: CompileContext): HostView {
  const scope = compileScope(context, name, playHosts, []);
  const variables: Record<string, Value> = {};
  for (const key of Object.keys(context.hosts[name]?.variables ?? {})) {
    Object.defineProperty(variables, key, { enumerable: true, get: () => valueOf(scope.lookup(key)) });
  }
  const address = valueOf(scope.lookup('address'));
  return {
    name,
    address: typeof address === 'string' ? address : name,
    groups: context.hosts[name]?.groups ?? [],
    variables: isMap(variables) ? variables : {},
  };
}

function valueOf(found: { readonly found: true; readonly value: Value } | { readonly found: false }): Value {
  return found.found ? found.value : null;
}
