// Which of a Program's scopes a task on a host sees: those it names, each followed by what it has for this host alone.
import type { HostEntry, Program, TaskSpec, Variables } from './types.ts';

type Scopes = Program['scopes'];

/** What a scope is called that stands over another for one host. */
export function scopeOnHost(scope: string, host: string): string {
  return `${scope} on ${host}`;
}

/** What the part of a role's scope is called that was given as parameters of the role: results of tasks do not win over these. */
export function parametersOf(scope: string): string {
  return `parameters of ${scope}`;
}

const DEFAULTS = 'defaults of ';

/** What a scope is called that is weaker than the inventory: the defaults of a role. */
export function defaultsOf(role: string): string {
  return `${DEFAULTS}${role}`;
}

/** The variables of some scopes for a host, weakest first. */
function scopeLayers(scopes: Scopes, names: readonly string[], host: string): readonly Variables[] {
  return names.flatMap(name => [scopes[name] ?? {}, scopes[scopeOnHost(name, host)] ?? []].flat());
}

/** Everything a task on a host sees of the Program, weakest first: its own variables stand over those around it, parameters of roles over both. */
export function layersFor(
  program: Pick<Program, 'scopes' | 'extra'>,
  host: Pick<HostEntry, 'name' | 'variables'>,
  { scopes, vars }: Pick<TaskSpec, 'scopes' | 'vars'>,
): readonly Variables[] {
  const parameters = scopes.flatMap(name => [program.scopes[parametersOf(name)] ?? []].flat());
  const [below, above] = [scopes.filter(isDefaults), scopes.filter(name => !isDefaults(name))];
  return [
    ...scopeLayers(program.scopes, below, host.name),
    host.variables,
    ...scopeLayers(program.scopes, above, host.name),
    vars,
    ...parameters,
    program.extra,
  ];
}

function isDefaults(scope: string): boolean {
  return scope.startsWith(DEFAULTS);
}

/** Whether a name was given as a parameter of the role that a task is in. */
export function isParameter(scopes: Scopes, names: readonly string[], variable: string): boolean {
  return names.some(name => Object.hasOwn(scopes[parametersOf(name)] ?? {}, variable));
}
