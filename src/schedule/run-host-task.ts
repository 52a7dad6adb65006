// One task on one host: loop, condition, parameters, module, result. In this order, as Ansible does.
import { InputError, UnreachableError } from '../errors/errors.ts';
import { formatProblem } from '../errors/problem.ts';
import type { Resource } from '../facts/resource.ts';
import type { AnyParams, FactRequest, HostModule } from '../modules/contract.ts';
import { evaluate } from '../program/evaluate.ts';
import { inputErrorOf } from '../program/input-error.ts';
import type { TaskSlot, TaskSpec } from '../program/types.ts';
import type { TaskResult } from '../report/events.ts';
import { evaluateCondition } from '../expression/evaluate-condition.ts';
import { SecretInCommand } from '../util/shell.ts';
import { Unknown } from '../util/unknown.ts';
import { isList, isMap, unknownsIn, type Value } from '../util/value.ts';
import { describeTask, isCheck, type Engine } from './engine.ts';
import type { HostRun } from './host-run.ts';
import { mightTouch, mightTouchPartly, usuallyTouched } from './might-touch.ts';
import { NOTHING, type Outcome } from './outcome.ts';
import { resolveParameters } from './parameters.ts';
import { reconcileHost } from './reconcile-host.ts';
import { registeredLoop, registeredValue, SKIPPED } from './registered.ts';
import { loopValues, withScope, type TaskSurroundings } from './scopes.ts';

/** A host, a task, and the user it runs as. */
export interface HostTurn {
  readonly engine: Engine;
  readonly host: HostRun;
  readonly slot: TaskSlot;
  readonly spec: TaskSpec;
  readonly playHosts: readonly string[];
  readonly user: string | undefined;
  /** Why it is not known whether it comes at all: a handler that something unknown notified. */
  readonly doubts: readonly string[];
}

type Verdict = { readonly kind: 'skipped'; readonly why: string } | { readonly kind: 'done'; readonly outcome: Outcome };

/**
 * Gives a host its turn at a task and reports it.
 * @returns whether the host may go on with the play
 */
export async function runHostTask(turn: HostTurn, module: HostModule<AnyParams, FactRequest>): Promise<boolean> {
  const { host, spec } = turn;
  const started = Date.now();
  const items = await loopItems(turn).catch((error: unknown) => failureOf(error));
  if (items !== undefined && 'status' in items) {
    report(turn, items, undefined, started);
    return spec.ignoreErrors;
  }
  if (items === undefined) {
    const verdict = await attempt(turn, module, {});
    if (spec.register !== undefined) host.assigned.set(spec.register, valueOf(verdict));
    return verdict.kind === 'skipped' || verdict.outcome.status !== 'failed' || spec.ignoreErrors;
  }
  if (items instanceof Unknown) {
    const unknownItem = { item: items, loop: items };
    const { touches, assigns } = await mightTouchPartly(
      { ...turn, around: { playHosts: turn.playHosts, spec, extraValues: unknownItem } },
      module,
    );
    disturb(turn, touches);
    for (const name of assigns) host.assigned.set(name, items);
    settle(
      turn,
      module,
      undefined,
      { ...NOTHING, status: 'unknown', because: items.because, message: items.because.join('; ') },
      undefined,
      started,
    );
    if (spec.register !== undefined) host.assigned.set(spec.register, items);
    return true;
  }
  const results: Value[] = [];
  let isFine = true;
  for (const [index, extraValues] of loopValues(items).entries()) {
    if (index > 0 && turn.engine.stop.aborted) {
      const left = items.length - index;
      report(turn, { status: 'failed', message: `interrupted: ${left} of ${items.length} items were not begun` }, undefined, Date.now());
      return false;
    }
    const verdict = await attempt(turn, module, extraValues);
    const value = valueOf(verdict);
    results.push(isMap(value) ? { ...value, item: items[index] ?? null } : value);
    isFine &&= verdict.kind === 'skipped' || verdict.outcome.status !== 'failed' || spec.ignoreErrors;
  }
  if (items.length === 0) report(turn, { status: 'skipped', message: 'no items in the loop' }, undefined, started);
  if (spec.register !== undefined) host.assigned.set(spec.register, registeredLoop(results));
  return isFine;
}

async function loopItems(turn: HostTurn): Promise<readonly Value[] | Unknown | undefined> {
  const { loop } = turn.spec;
  if (loop === undefined) return undefined;
  const around: TaskSurroundings = { playHosts: turn.playHosts, spec: turn.spec };
  const value = await withScope(
    turn.engine,
    turn.host,
    around,
    turn.user,
    () => JSON.stringify(loop),
    scope => evaluate(loop, scope),
  );
  if (value instanceof Unknown) return value;
  if (isList(value)) return value;
  const at = loop.at ?? turn.slot.ref.at;
  throw new InputError([
    { ...(at && { at }), what: 'a loop goes over a list', got: isMap(value) ? 'a map' : JSON.stringify(value), advice: 'give a list' },
  ]);
}

async function attempt(
  turn: HostTurn,
  module: HostModule<AnyParams, FactRequest>,
  extraValues: Readonly<Record<string, Value>>,
): Promise<Verdict> {
  const started = Date.now();
  const item = itemOf(extraValues);
  const around: TaskSurroundings = { playHosts: turn.playHosts, spec: turn.spec, extraValues };
  try {
    const condition = await decide(turn, around);
    if (typeof condition === 'string') {
      report(turn, { status: 'skipped', message: condition }, item, started);
      return { kind: 'skipped', why: condition };
    }
    const params =
      condition instanceof Unknown
        ? condition
        : await resolveParameters(turn.engine, turn.host, turn.slot, turn.spec, module, around, turn.user);
    const outcome =
      params instanceof Unknown ? await unknownOutcome(turn, module, around, params) : await reconcile(turn, module, params, item?.index);
    settle(turn, module, params instanceof Unknown ? undefined : params, outcome, item, started);
    return { kind: 'done', outcome };
  } catch (error) {
    const outcome = failureOf(error);
    report(turn, outcome, item, started);
    return { kind: 'done', outcome };
  }
}

function reconcile(
  turn: HostTurn,
  module: HostModule<AnyParams, FactRequest>,
  params: AnyParams,
  index: number | undefined,
): Promise<Outcome> {
  return reconcileHost({
    engine: turn.engine,
    host: turn.host,
    slot: turn.slot,
    module,
    params,
    user: turn.user,
    wanted: turn.spec.register !== undefined,
    notifies: turn.spec.notify,
    index,
  });
}

/** All conditions hold: true. One does not: why. One cannot be known, and none is false: unknown. */
export async function decide(turn: HostTurn, around: TaskSurroundings): Promise<true | string | Unknown> {
  const because = [...turn.doubts];
  for (const condition of turn.spec.when) {
    const holds = await withScope(
      turn.engine,
      turn.host,
      around,
      turn.user,
      () => condition.text,
      scope => evaluateCondition(condition.text, scope, condition.at),
    );
    if (holds === false) return condition.text;
    if (holds instanceof Unknown) because.push(...holds.because);
  }
  return because.length === 0 ? true : new Unknown(because);
}

/** A task whose condition is unknown may still be known to have nothing to do. */
async function unknownOutcome(
  turn: HostTurn,
  module: HostModule<AnyParams, FactRequest>,
  around: TaskSurroundings,
  unknown: Unknown,
): Promise<Outcome> {
  const params = await resolveParameters(turn.engine, turn.host, turn.slot, turn.spec, module, around, turn.user).catch(() => unknown);
  const work = { ...turn, around };
  const { isIdle, touches, assigns } =
    params instanceof Unknown ? await mightTouchPartly(work, module) : await mightTouch(work, module, params);
  if (isIdle) return { ...NOTHING, result: unknown };
  disturb(turn, touches);
  const variables = Object.fromEntries(assigns.map(name => [name, unknown]));
  return { ...NOTHING, variables, status: 'unknown', because: unknown.because, message: unknown.because.join('; '), result: unknown };
}

function settle(
  turn: HostTurn,
  module: HostModule<AnyParams, FactRequest>,
  params: AnyParams | undefined,
  outcome: Outcome,
  item: Item | undefined,
  started: number,
): void {
  const { host, spec, engine } = turn;
  for (const [name, value] of Object.entries(outcome.variables)) host.assigned.set(name, value);
  if (outcome.because.length > 0 && params !== undefined) disturb(turn, usuallyTouched(module, params, host.name));
  if (outcome.status === 'changed' || outcome.status === 'unknown') {
    for (const handler of spec.notify) {
      host.notify(handler, outcome.status === 'unknown' ? outcome.because : []);
      engine.emit({ kind: 'notified', handler, host: host.name });
    }
  }
  report(turn, outcome, item, started, params);
}

/** In a dry run, what an unknown task may touch is not known from here on. */
function disturb(turn: HostTurn, touches: readonly Resource[]): void {
  if (!isCheck(turn.engine)) return;
  turn.host.foretold.add(describeTask(turn.slot));
  turn.host.facts.foretell({ sets: [], touches, empties: [], by: describeTask(turn.slot) }, turn.user ?? '');
}

function failureOf(error: unknown): Outcome {
  if (error instanceof UnreachableError) throw error;
  const input = inputErrorOf(error);
  if (input) return { ...NOTHING, status: 'failed', message: input.problems.map(formatProblem).join('\n') };
  if (error instanceof Error && (error.name === 'TaskFailure' || error instanceof SecretInCommand))
    return { ...NOTHING, status: 'failed', message: error.message };
  throw error;
}

function valueOf(verdict: Verdict): Value {
  return verdict.kind === 'skipped' ? SKIPPED : registeredValue(verdict.outcome);
}

function report(
  turn: HostTurn,
  outcome: Pick<TaskResult, 'status'> & Partial<Pick<Outcome, 'changes' | 'assumes' | 'because' | 'message'>>,
  item: Item | undefined,
  started: number,
  params?: AnyParams,
): void {
  const { host, slot, engine } = turn;
  const occasion = { host: host.name, task: slot.ref, ...(item && { item: shortItem(item.value), index: item.index }) };
  const told = { changes: outcome.changes ?? [], assumes: outcome.assumes ?? [] };
  const message = outcome.message === undefined ? {} : { message: outcome.message };
  engine.ledger?.({ ...occasion, ...told, ...message, status: outcome.status, params, because: outcome.because ?? [] });
  engine.emit({
    kind: 'task-result',
    ...occasion,
    ...told,
    ...message,
    status: outcome.status,
    ignored: outcome.status === 'failed' && turn.spec.ignoreErrors,
    milliseconds: Date.now() - started,
  });
}

/** One item of a loop. */
interface Item {
  readonly value: Value;
  readonly index: number;
}

function itemOf({ item, loop }: Readonly<Record<string, Value>>): Item | undefined {
  const index = isMap(loop) ? loop['index'] : undefined;
  return item === undefined || typeof index !== 'number' ? undefined : { value: item, index };
}

function shortItem(item: Value): string {
  if (unknownsIn(item).length > 0) return '(unknown)';
  const text = typeof item === 'string' ? item : JSON.stringify(item);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
