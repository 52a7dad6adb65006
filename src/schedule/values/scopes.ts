// The scope of a task on a host while it runs: everything that can have a name, by precedence.
import type { Scope } from '../../expression/scope.ts';
import { evaluate } from '../../program/evaluate.ts';
import { lazyMap } from '../../program/lazy-map.ts';
import { magicNames, magicVariable, type Magic } from '../../program/magic.ts';
import { isParameter, layersFor } from '../../program/scope-layers.ts';
import { createScope } from '../../program/scope.ts';
import type { Node, TaskSpec } from '../../program/types.ts';
import type { Value } from '../../util/value.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { readFacts, type Question } from '../reading/read-facts.ts';

/** What is named beside the variables while a task runs. */
export interface TaskSurroundings {
  readonly playHosts: readonly string[];
  readonly spec: Pick<TaskSpec, 'scopes' | 'vars'>;
  /** `item` and `loop` inside a loop; the task's own result for later conditions. */
  readonly extraValues?: Readonly<Record<string, Value>>;
}

/** Who is asked, and as whom facts are read. */
export interface Asked {
  readonly engine: Engine;
  readonly host: HostRun;
  readonly user: string | undefined;
}

/** Thrown through an expression that looks at a host fact nobody has read yet. */
class NeedsHostFact extends Error {}

/** The facts that were looked at and not read yet, by the host they are of: `hostvars` may name another. */
type Needed = Map<HostRun, Set<string>>;

/**
 * Evaluates with the scope of a host. Host facts that the expressions look at are read first, all that `texts` name in one frame.
 * @param user whom facts are read as
 */
export async function withScope<T>(
  engine: Engine,
  host: HostRun,
  around: TaskSurroundings,
  user: string | undefined,
  texts: () => string,
  use: (scope: Scope) => T,
): Promise<T> {
  for (;;) {
    const seen = lookWithScope(engine, host, around, user, use, texts);
    if ('value' in seen) return seen.value;
    await readFacts(engine, seen.needed, user);
  }
}

/** The value of a node on a host; unknown where a dry run cannot know it. Host facts that it looks at are read first. */
export function evaluateOn({ engine, host, user }: Asked, around: TaskSurroundings, node: Node): Promise<Value> {
  return withScope(
    engine,
    host,
    around,
    user,
    () => JSON.stringify(node),
    scope => evaluate(node, scope),
  );
}

/** What came of a look: a value, or the host facts that have to be read before there is one. */
type Seen<T> = { readonly value: T } | { readonly needed: readonly Question[] };

/**
 * Evaluates with the scope of a host as far as its facts are known.
 * @param texts host facts that they name are needed as well, as soon as one is
 */
export function lookWithScope<T>(
  engine: Engine,
  host: HostRun,
  around: TaskSurroundings,
  user: string | undefined,
  use: (scope: Scope) => T,
  texts: () => string = () => '',
): Seen<T> {
  const needed: Needed = new Map();
  try {
    return { value: use(scopeFor(engine, host, around, user, needed)) };
  } catch (error) {
    if (needed.size === 0) throw error;
  }
  const named = [...texts().matchAll(/\bfacts\.([a-z_]+)/g)].flatMap(match => match[1] ?? []);
  const questions = [...needed].flatMap(([asked, names]) =>
    [...new Set([...names, ...named])].flatMap(name => engine.hostFacts[name]?.({}) ?? []).map(ref => ({ ref, host: asked })),
  );
  return { needed: questions };
}

function scopeFor(engine: Engine, host: HostRun, around: TaskSurroundings, user: string | undefined, needed: Needed): Scope {
  const { playHosts, extraValues = {} } = around;
  const scopeOf = (other: string): Scope =>
    scopeFor(engine, hostOf(engine, other), { playHosts, spec: { scopes: [], vars: {} } }, user, needed);
  const magic: Magic = { program: engine.program, host: host.entry, playHosts, scopeOf };
  const { extra, scopes } = engine.program;
  return createScope({
    values: name => {
      const given = Object.hasOwn(extraValues, name) ? extraValues[name] : undefined;
      if (given !== undefined) return { value: given };
      if (name === 'facts') return { value: factsOf(engine, host, user, needed) };
      const always = magicVariable(name, magic);
      if (always !== undefined) return always;
      // What was said on the command line, or to the role, wins over what tasks found out.
      if (Object.hasOwn(extra, name) || isParameter(scopes, around.spec.scopes, name)) return undefined;
      const assigned = host.assigned.get(name);
      return assigned === undefined ? undefined : { value: assigned };
    },
    valueNames: () => [...Object.keys(extraValues), 'facts', ...magicNames(engine.program), ...host.assigned.keys()],
    layers: () => layersFor(engine.program, host.entry, around.spec),
  });
}

function factsOf(engine: Engine, host: HostRun, user: string | undefined, needed: Needed): Value {
  return lazyMap(Object.keys(engine.hostFacts), name => {
    const ref = engine.hostFacts[name]?.({});
    const reading = ref && host.facts.peek(ref, user ?? '');
    if (reading === undefined) {
      needed.set(host, (needed.get(host) ?? new Set()).add(name));
      throw new NeedsHostFact(name);
    }
    return reading.value as Value;
  });
}

function hostOf(engine: Engine, name: string): HostRun {
  const host = engine.hosts.get(name);
  if (host === undefined) throw new Error(`there is no host ${name}`);
  return host;
}
