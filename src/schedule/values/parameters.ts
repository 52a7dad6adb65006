// Parameters of a task on a host: evaluated, archives and downloads pinned on the controller, checked against the module's schema.
import type { Scope } from '../../expression/scope.ts';
import type { AnyModule } from '../../modules/contract.ts';
import { evaluate } from '../../program/evaluate.ts';
import type { Node, TaskSlot, TaskSpec } from '../../program/types.ts';
import { validateResolved } from '../../schema/validate-resolved.ts';
import { Secret } from '../../util/secret.ts';
import { Unknown } from '../../util/unknown.ts';
import { WeakPairs } from '../../util/weak-pairs.ts';
import { isList, isMap, revealAll, secretsIn, unknownsIn, type Value } from '../../util/value.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { withScope, type TaskSurroundings } from './scopes.ts';
import { TaskFailure } from '../state/task-failure.ts';

/**
 * The parameters as the module receives them, or why they cannot be known yet.
 * @throws InputError when an expression fails or a value has the wrong type; TaskFailure when an archive cannot be had
 */
export async function resolveParameters(
  engine: Engine,
  host: HostRun,
  slot: TaskSlot,
  spec: TaskSpec,
  module: AnyModule,
  around: TaskSurroundings,
  user: string | undefined,
): Promise<Readonly<Record<string, unknown>> | Unknown> {
  return (
    plainParameters(module, spec) ??
    (await resolveKnown(engine, slot, spec, module, await evaluateParameters(engine, host, spec, module, around, user)))
  );
}

type Parameters = Readonly<Record<string, unknown>>;

/** Parameters without an expression, resolved: they are the same on every host, whenever they are looked at. */
const plain = new WeakPairs<AnyModule, TaskSpec, Parameters>();

/** The parameters of a task that were resolved before and cannot be otherwise. */
export function plainParameters(module: AnyModule, spec: TaskSpec): Parameters | undefined {
  return plain.get(module, spec);
}

function isPlain(node: Node): boolean {
  if (node.kind === 'list') return node.items.every(isPlain);
  return node.kind === 'map' ? Object.values(node.entries).every(isPlain) : node.kind === 'value';
}

/** The same of parameters that were evaluated. */
export async function resolveKnown(
  engine: Engine,
  slot: TaskSlot,
  spec: TaskSpec,
  module: AnyModule,
  values: Readonly<Record<string, Value>>,
): Promise<Readonly<Record<string, unknown>> | Unknown> {
  const secrets = secretsIn(values);
  for (const found of secrets) engine.addSecret(found.reveal());
  if (secrets.length > 0) refuseSecrets(module, values);
  const unknown = unknownsIn(values);
  if (unknown.length > 0) return new Unknown(unknown);
  const pinned = holdsArtifact(values) ? await pinArtifacts(engine, values) : values;
  const provides =
    Object.keys(spec.provides).length > 0 && 'properties' in module.params && 'provides' in module.params.properties
      ? { provides: spec.provides }
      : {};
  const resolved = validateResolved(
    module.params,
    { ...(pinned as object), ...provides },
    {
      what: slot.ref.module,
      ...(slot.ref.at && { at: slot.ref.at }),
    },
  ) as Parameters;
  if ([...Object.values(spec.params), ...(spec.environment ?? [])].every(isPlain)) plain.keep(module, spec, resolved);
  return resolved;
}

/** The parameters as their expressions give them; parts that cannot be known yet are unknown. @throws InputError */
export async function evaluateParameters(
  engine: Engine,
  host: HostRun,
  spec: TaskSpec,
  module: AnyModule,
  around: TaskSurroundings,
  user: string | undefined,
): Promise<Readonly<Record<string, Value>>> {
  const texts = (): string => JSON.stringify([spec.params, spec.vars, spec.environment]);
  return withScope(engine, host, around, user, texts, scope => valuesIn(spec, module, scope));
}

/** What the expressions of a task give in a scope. @throws InputError */
export function valuesIn(
  { params, environment = [] }: Pick<TaskSpec, 'params' | 'environment'>,
  module: AnyModule,
  scope: Scope,
): Readonly<Record<string, Value>> {
  const own = Object.fromEntries(Object.entries(params).map(([name, node]) => [name, evaluate(node, scope)]));
  if (environment.length === 0 || !('properties' in module.params) || !Object.hasOwn(module.params.properties, 'environment')) return own;
  return { ...own, environment: merged([...environment.map(node => evaluate(node, scope)), own['environment'] ?? {}]) };
}

/** The environment of a program: what is said nearer outweighs. */
function merged(maps: readonly Value[]): Value {
  const unknown = maps.flatMap(map => (map instanceof Unknown ? map.because : []));
  if (unknown.length > 0) return new Unknown(unknown);
  const entries = maps.flatMap(map => (isMap(map) ? Object.entries(map) : []));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'number' || typeof value === 'boolean' ? String(value) : value]),
  );
}

/** Parameters that were not checked against the schema, since some are unknown, with its defaults. */
export function withDefaults({ params }: AnyModule, values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const schemas: readonly (readonly [string, { readonly default?: unknown }])[] =
    'properties' in params ? Object.entries(params.properties) : [];
  const defaults = schemas.flatMap(([name, schema]) => (schema.default === undefined ? [] : [[name, schema.default as Value] as const]));
  return { ...Object.fromEntries(defaults), ...values };
}

/** A path or a word out of a list shows everywhere: a secret has no place there. @throws TaskFailure */
function refuseSecrets(module: AnyModule, values: Readonly<Record<string, Value>>): void {
  if (!('properties' in module.params)) return;
  for (const [name, schema] of Object.entries(module.params.properties)) {
    if (!(values[name] instanceof Secret) || schema.type !== 'string' || schema.secret) continue;
    if (schema.kind === 'path' || schema.kind === 'mode' || schema.enum !== undefined || schema.pattern !== undefined)
      throw new TaskFailure(
        `${name} of ${module.name} cannot be a secret: it shows on the host and in what is reported; give it another value`,
      );
  }
}

/** Whether anything has to be fetched: most parameters wait for nothing. */
export function holdsArtifact(value: Value): boolean {
  if (isList(value)) return value.some(holdsArtifact);
  return isMap(value) && (value['kind'] === 'pending-artifact' || Object.values(value).some(holdsArtifact));
}

async function pinArtifacts(engine: Engine, value: Value): Promise<Value> {
  if (isList(value)) return Promise.all(value.map(item => pinArtifacts(engine, item)));
  if (!isMap(value)) return value;
  if (value['kind'] === 'pending-artifact') {
    const fetch = value['plain'] === true ? engine.fetchFile : engine.fetchArtifact;
    return pin(engine, fetch, revealAll(value['source'] ?? ''), revealAll(value['checksum'] ?? null));
  }
  const entries = await Promise.all(Object.entries(value).map(async ([key, item]) => [key, await pinArtifacts(engine, item)] as const));
  return Object.fromEntries(entries);
}

async function pin(engine: Engine, fetch: Engine['fetchArtifact' | 'fetchFile'], source: Value, checksum: Value): Promise<Value> {
  if (typeof source !== 'string') throw new TaskFailure('what is fetched is named by a text: a URL or a path on the controller');
  try {
    return (await fetch(source, typeof checksum === 'string' ? checksum : undefined, engine.stop)) as unknown as Value;
  } catch (error) {
    throw new TaskFailure(`cannot get ${source}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
