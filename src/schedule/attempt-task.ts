// One pass of a task on one host: condition, parameters, module, result. In this order, as Ansible does.
import { evaluateCondition } from '../expression/evaluate-condition.ts';
import type { Resource } from '../facts/resource.ts';
import type { AnyParams, FactRequest, HostModule } from '../modules/contract.ts';
import { Unknown } from '../util/unknown.ts';
import type { Value } from '../util/value.ts';
import { describeTask, isCheck } from './engine.ts';
import type { HostTurn } from './host-turn.ts';
import { mightTouch, mightTouchPartly, usuallyTouched } from './might-touch.ts';
import { NOTHING, type Outcome } from './outcome.ts';
import { failureOf } from './outcome-of-error.ts';
import { resolveParameters } from './parameters.ts';
import type { Pass } from './passes.ts';
import { reconcileHost } from './reconcile-host.ts';
import { registeredValue, SKIPPED } from './registered.ts';
import { reportTurn } from './report-turn.ts';
import { withScope, type TaskSurroundings } from './scopes.ts';

/** How it went. */
export interface Attempted {
  readonly isFine: boolean;
  /** What `register` gets. */
  readonly value: Value;
}

/** Has a module look after one pass, and reports it. */
export async function attemptTask(turn: HostTurn, module: HostModule<AnyParams, FactRequest>, pass: Pass): Promise<Attempted> {
  const started = Date.now();
  const around: TaskSurroundings = { playHosts: turn.playHosts, spec: turn.spec, extraValues: pass.values };
  const ended = (outcome: Outcome): Attempted => ({
    isFine: outcome.status !== 'failed' || turn.spec.ignoreErrors,
    value: registeredValue(outcome),
  });
  try {
    const condition = await decide(turn, around);
    if (typeof condition === 'string') {
      reportTurn(turn, { status: 'skipped', message: condition }, pass, started);
      return { isFine: true, value: SKIPPED };
    }
    const params =
      condition instanceof Unknown
        ? condition
        : await resolveParameters(turn.engine, turn.host, turn.slot, turn.spec, module, around, turn.user);
    const outcome =
      params instanceof Unknown
        ? await unknownOutcome(turn, module, around, params)
        : await reconcile(turn, module, params, pass.item?.index);
    settle(turn, module, params instanceof Unknown ? undefined : params, outcome, pass, started);
    return ended(outcome);
  } catch (error) {
    const outcome = failureOf(error);
    reportTurn(turn, outcome, pass, started);
    return ended(outcome);
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

/** Keeps what came of it, and reports it. */
export function settle(
  turn: HostTurn,
  module: HostModule<AnyParams, FactRequest>,
  params: AnyParams | undefined,
  outcome: Outcome,
  pass: Pass,
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
  reportTurn(turn, outcome, pass, started, params);
}

/** In a dry run, what an unknown task may touch is not known from here on. */
export function disturb(turn: HostTurn, touches: readonly Resource[]): void {
  if (!isCheck(turn.engine)) return;
  turn.host.foretold.add(describeTask(turn.slot));
  turn.host.facts.foretell({ sets: [], touches, empties: [], by: describeTask(turn.slot) }, turn.user ?? '');
}
