// One golden case of a module: the question put to it, its answer in words, and the same question once its promises hold.
import type { FactRef, FactSet } from '../../src/facts/contract.ts';
import { overlaps, type Resource } from '../../src/facts/resource.ts';
import type {
  Absent,
  AnyModule,
  AnyParams,
  ClusterView,
  FactRequest,
  Have,
  HaveAll,
  ParamsSchema,
  Ran,
} from '../../src/modules/contract.ts';
import type { Step } from '../../src/modules/steps.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { canonical } from '../../src/util/canonical.ts';
import { deepFreeze } from '../../src/util/freeze.ts';
import { isMap } from '../../src/util/value.ts';
import { decode, printed } from './golden.ts';
import { describeStep } from './golden-steps.ts';

interface GivenFact {
  readonly args?: Readonly<Record<string, unknown>>;
  readonly host?: string;
  readonly value: unknown;
}
type GivenFacts = Readonly<Record<string, readonly GivenFact[]>>;

/** A case as it stands in a file. */
export interface ModuleCase {
  readonly title: string;
  /** As the module receives them, defaults left out. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly facts?: GivenFacts;
  /** What facts read afterwards that the changes disturb but make no promise about. */
  readonly after?: GivenFacts;
  /** Hosts of the task; cluster modules only. */
  readonly hosts?: readonly string[];
  /** Members that cannot be asked, and why. */
  readonly unreachable?: Readonly<Record<string, string>>;
  /** Members whose turn does not come (`--from`); rolling modules only. */
  readonly leftOut?: readonly string[];
  /** The roll has failed: what is put back. */
  readonly closing?: boolean;
  /** What the module's commands print, for `result` and `says`. */
  readonly ran?: Ran['outputs'];
  /** 0: not asked again. */
  readonly rounds?: number;
  /** Why there is nothing to do; needed when there is not. */
  readonly why?: string;
}

/** What is compared, or written when updating. */
export interface ModuleAnswer {
  readonly steps: unknown;
  /** Answers of later rounds; all but the last, which must be empty. */
  readonly later?: unknown;
  readonly result?: unknown;
  readonly says?: unknown;
}

type World = Map<string, unknown>;

/** Asks a module about a case, then applies what it promises and asks again until it has nothing to add. */
export function askModule(module: AnyModule, golden: ModuleCase): ModuleAnswer {
  const params = withDefaults(module.params, decode(golden.params) as AnyParams, module.name);
  const world = readGiven(golden.facts ?? {});
  const request = requested(module, params, golden, world);
  for (const key of world.keys())
    if (!request.has(key)) throw new Error(`the case gives the fact ${key}, which the module does not ask for`);
  const steps = changesOf(module, params, golden, world);
  const later: unknown[] = [];
  const rounds = steps.length === 0 || steps.some(step => step.kind === 'unmet') ? 0 : (golden.rounds ?? module.rounds?.(params) ?? 1);
  let last = steps;
  for (let round = 1; round <= rounds && last.length > 0; round++) {
    keepPromises(world, request, last, golden.after ?? {});
    last = changesOf(module, params, golden, world);
    if (last.length > 0) later.push(last.map(describeStep));
  }
  if (rounds > 0 && last.length > 0)
    throw new Error(`asked again, it still answers: ${JSON.stringify(last.map(describeStep), undefined, 2)}`);
  return { steps: steps.map(describeStep), ...(later.length > 0 && { later }), ...closing(module, params, golden, world) };
}

function closing(module: AnyModule, params: AnyParams, golden: ModuleCase, world: World): Partial<ModuleAnswer> {
  const ran: Ran = { outputs: golden.ran ?? [] };
  const [result, says] =
    module.kind === 'host'
      ? ((have: Have<FactRequest>) => [module.result?.(params, have, ran), module.says?.(params, have, ran)] as const)(
          answersFor(module.facts(params), world, ''),
        )
      : (({ have, view }: Asked) => [module.result?.(params, have, ran, view), module.says?.(params, have, ran, view)] as const)(
          askAll(module, params, golden, world),
        );
  return { ...(result !== undefined && { result: printed(result) }), ...(says !== undefined && { says }) };
}

function changesOf(module: AnyModule, params: AnyParams, golden: ModuleCase, world: World): readonly Step[] {
  if (module.kind === 'host') return module.changes(params, answersFor(module.facts(params), world, ''));
  const { have, view } = askAll(module, params, golden, world);
  return module.changes(params, have, view);
}

interface Asked {
  readonly have: HaveAll<FactRequest>;
  readonly view: ClusterView<FactRequest>;
}

/** The members, and whoever speaks for all of them. */
function askAll(module: AnyModule & { readonly kind: 'cluster' }, params: AnyParams, golden: ModuleCase, world: World): Asked {
  const have = membersOf(module, params, golden, world);
  const wanted = module.whole?.(params, have);
  const whole = wanted && answersFor(wanted.facts, world, wanted.speaker);
  const leftOut = new Set(golden.leftOut ?? []);
  return { have, view: { whole, speaker: wanted?.speaker, leftOut, isClosing: golden.closing === true } };
}

function membersOf(
  module: AnyModule & { readonly kind: 'cluster' },
  params: AnyParams,
  golden: ModuleCase,
  world: World,
): HaveAll<FactRequest> {
  return new Map(
    module.members(params, golden.hosts ?? []).map((member): [string, Have<FactRequest> | Absent] => {
      const unreachable = golden.unreachable?.[member];
      return [member, unreachable === undefined ? answersFor(module.facts(params, member), world, member) : { unreachable }];
    }),
  );
}

function requested(module: AnyModule, params: AnyParams, golden: ModuleCase, world: World): Map<string, FactRef<unknown>> {
  const frames: readonly (readonly [string, FactRequest])[] =
    module.kind === 'host' ? [['', module.facts(params)]] : clusterFrames(module, params, golden, world);
  return new Map(
    frames.flatMap(([host, frame]) => Object.values(frame).flatMap(item => refsOf(item).map(ref => [keyOf(ref, host), ref] as const))),
  );
}

function clusterFrames(
  module: AnyModule & { readonly kind: 'cluster' },
  params: AnyParams,
  golden: ModuleCase,
  world: World,
): readonly (readonly [string, FactRequest])[] {
  const own = module
    .members(params, golden.hosts ?? [])
    .filter(member => golden.unreachable?.[member] === undefined)
    .map(member => [member, module.facts(params, member)] as const);
  const wanted = module.whole?.(params, membersOf(module, params, golden, world));
  return wanted === undefined ? own : [...own, [wanted.speaker, wanted.facts]];
}

function answersFor(frame: FactRequest, world: World, host: string): Have<FactRequest> {
  const answer = (ref: FactRef<unknown>): unknown => {
    const key = keyOf(ref, host);
    if (!world.has(key)) throw new Error(`the case does not give the fact ${key}`);
    return world.get(key);
  };
  return deepFreeze(
    Object.fromEntries(
      Object.entries(frame).map(([name, item]) => [
        name,
        item === undefined ? undefined : isRefList(item) ? item.map(answer) : answer(item),
      ]),
    ),
  ) as Have<FactRequest>;
}

function keepPromises(world: World, request: ReadonlyMap<string, FactRef<unknown>>, steps: readonly Step[], after: GivenFacts): void {
  const given = readGiven(after);
  const promised = new Set<string>();
  const disturbed = new Set<string>();
  for (const step of steps) {
    if (step.kind !== 'change' && step.kind !== 'wait') continue;
    const set = new Set(step.sets.map(item => keyOf(item.ref, step.on ?? '')));
    for (const [key, ref] of request) {
      // A step disturbs the facts of its own member only.
      if (set.has(key) || key !== keyOf(ref, step.on ?? '')) continue;
      const reads = settled(ref).reads();
      const hits = (resources: readonly Resource[], read: Resource): boolean => resources.some(item => overlaps(item, read));
      const empties = step.kind === 'change' ? (step.empties ?? []) : [];
      if (reads.length > 0 && reads.every(read => hits(empties, read))) world.set(key, ref.definition.absent);
      else if (reads.some(read => hits(step.touches ?? [], read))) disturbed.add(key);
    }
    for (const item of step.sets) {
      const key = keyOf(item.ref, step.on ?? '');
      world.set(key, applied(item, world.get(key)));
      promised.add(key);
      disturbed.delete(key);
    }
  }
  for (const [key, value] of given) {
    if (promised.has(key) && !disturbed.has(key)) throw new Error(`"after" gives ${key}, which the changes promise already`);
    world.set(key, value);
    disturbed.delete(key);
  }
  const [open] = disturbed;
  if (open !== undefined)
    throw new Error(`the changes disturb ${open} and promise nothing about it: give it in "after", or say "rounds": 0`);
}

function applied(set: FactSet, current: unknown): unknown {
  if (set.patch === undefined) return set.value;
  return { ...((current ?? set.ref.definition.absent) as object), ...(set.patch as object) };
}

function readGiven(facts: GivenFacts): World {
  return new Map(
    Object.entries(facts).flatMap(([name, items]) =>
      items.map(
        item =>
          [`${item.host === undefined ? '' : `${item.host}: `}${name}${canonical(decode(item.args ?? {}))}`, decode(item.value)] as const,
      ),
    ),
  );
}

function keyOf(given: FactRef<unknown>, host: string): string {
  const ref = settled(given);
  const asked = ref.host ?? host;
  return asked === '' ? ref.key : `${asked}: ${ref.key}`;
}

/** As the engine asks it where there are no links: `/etc/.` is `/etc`. */
function settled(ref: FactRef<unknown>): FactRef<unknown> {
  const { path } = ref.args;
  return typeof path === 'string' && path.endsWith('/.') ? ref.at(path.slice(0, -2)) : ref;
}

function refsOf(item: FactRequest[string]): readonly FactRef<unknown>[] {
  return item === undefined ? [] : isRefList(item) ? item : [item];
}

function isRefList(item: FactRef<unknown> | readonly FactRef<unknown>[]): item is readonly FactRef<unknown>[] {
  return Array.isArray(item);
}

function withDefaults(schema: ParamsSchema, given: AnyParams, where: string): AnyParams {
  // A dictionary: the names are the author's, there is nothing to fill in.
  if (!('properties' in schema)) return deepFreeze(given);
  for (const name of Object.keys(given)) if (!(name in schema.properties)) throw new Error(`${where} has no parameter ${name}`);
  for (const name of schema.required ?? []) if (given[name] === undefined) throw new Error(`${where} needs the parameter ${name}`);
  const filled = Object.entries(schema.properties).flatMap(([name, property]) => {
    const value = given[name] ?? property.default;
    return value === undefined ? [] : [[name, filledIn(property, value, `${where} ${name}`)] as const];
  });
  return deepFreeze(Object.fromEntries(filled));
}

function filledIn(schema: Schema, value: unknown, where: string): unknown {
  if (schema.type === 'object' && 'properties' in schema && isMap(value)) return withDefaults(schema, value, where);
  if (schema.type === 'array' && Array.isArray(value)) return value.map(item => filledIn(schema.items, item, where));
  return value;
}
