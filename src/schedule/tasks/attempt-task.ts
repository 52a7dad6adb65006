// One pass of a task on one host: condition, parameters, module, result. In this order, as Ansible does.
import type { Resource } from '../../facts/resource.ts';
import type { AnyParams, FactRequest, HostModule } from '../../modules/contract.ts';
import { Unknown } from '../../util/unknown.ts';
import { isMap, type Value } from '../../util/value.ts';
import { delegated, disturbAll } from './delegate.ts';
import { describeTask, isCheck } from '../state/engine.ts';
import { enlistHosts } from './enlist.ts';
import { holdAll } from '../values/hold.ts';
import { isDelegated, type HostTurn } from './host-turn.ts';
import { judgeOutcome, type Judged } from './judge-outcome.ts';
import { mightTouch, mightTouchPartly, usuallyTouched } from './might-touch.ts';
import { NOTHING, type Outcome } from '../state/outcome.ts';
import { failureOf } from './outcome-of-error.ts';
import { unowe, withNamedHandlers } from './notified-handlers.ts';
import { resolveParameters } from '../values/parameters.ts';
import type { Pass } from '../values/passes.ts';
import { pause } from './pause.ts';
import { reconcileHost } from './reconcile-host.ts';
import { registeredValue, SKIPPED } from '../values/registered.ts';
import { reportTurn } from './report-turn.ts';
import type { TaskSurroundings } from '../values/scopes.ts';
import { tryUntil } from './try-until.ts';

/** How it went. */
export interface Attempted {
  readonly isFine: boolean;
  /** What `register` gets. */
  readonly value: Value;
}

/** Has a module look after one pass, and reports it. */
export async function attemptTask(given: HostTurn, module: HostModule<AnyParams, FactRequest>, pass: Pass): Promise<Attempted> {
  const started = Date.now();
  const { spec } = given;
  const around: TaskSurroundings = { playHosts: given.playHosts, spec, extraValues: pass.values };
  const ended = ({ outcome, value }: Judged): Attempted => ({ isFine: outcome.status !== 'failed' || spec.ignoreErrors, value });
  try {
    const condition = await holdAll(given, around, spec.when, given.doubts);
    if (typeof condition === 'string') {
      reportTurn(given, { status: 'skipped', message: condition }, pass, started);
      return { isFine: true, value: SKIPPED };
    }
    const placed = await delegated(given, around);
    if (placed instanceof Unknown) {
      const { because } = placed;
      disturbAll(given);
      settle(
        given,
        module,
        undefined,
        { ...NOTHING, status: 'unknown', because, message: because.join('; '), result: placed },
        pass,
        started,
      );
      return { isFine: true, value: placed };
    }
    const turn = await withNamedHandlers(placed, around);
    // What is foretold only stays with this task.
    const acting = spec.checkMode === true && !isCheck(turn.engine) ? foretelling(turn) : turn;
    const params = condition instanceof Unknown ? condition : await resolve(acting, module, around);
    if (params instanceof Unknown) {
      const outcome = await unknownOutcome(acting, module, around, params);
      settle(turn, module, undefined, outcome, pass, started);
      return ended({ outcome, value: registeredValue(outcome) });
    }
    const judged = await tryUntil(acting, around, async () =>
      judgeOutcome(acting, around, await reconcile(acting, module, params, pass.item?.index)),
    );
    await unowe(turn, judged.outcome);
    settle(turn, module, params, judged.outcome, pass, started);
    return ended(judged);
  } catch (error) {
    const outcome = failureOf(error);
    reportTurn(given, outcome, pass, started);
    return ended({ outcome, value: registeredValue(outcome) });
  }
}

function resolve(turn: HostTurn, module: HostModule<AnyParams, FactRequest>, around: TaskSurroundings): Promise<AnyParams | Unknown> {
  return resolveParameters(turn.engine, turn.host, turn.slot, turn.spec, module, around, turn.user);
}

function foretelling(turn: HostTurn): HostTurn {
  const { engine, actor } = turn;
  return { ...turn, engine: { ...engine, options: { ...engine.options, mode: 'check' } }, actor: { ...actor, host: actor.host.shadow() } };
}

async function reconcile(
  turn: HostTurn,
  module: HostModule<AnyParams, FactRequest>,
  params: AnyParams,
  index: number | undefined,
): Promise<Outcome> {
  const { engine, host, slot, spec, actor } = turn;
  const isElsewhere = isDelegated(turn);
  const work = (): Promise<Outcome> =>
    reconcileHost({
      engine,
      host: actor.host,
      owner: host.name,
      slot,
      module,
      params,
      user: actor.user,
      wanted: spec.register !== undefined || slot.ref.module === 'pause',
      // Another host does not keep in mind what this one owes.
      notifies: isElsewhere ? [] : spec.notify,
      enlist: steps => enlistHosts(turn, steps),
      index,
    });
  const outcome = await (spec.delegateTo === undefined ? work() : actor.host.delegated.pass(work));
  const seconds = isMap(outcome.result) ? outcome.result['seconds'] : undefined;
  if (slot.ref.module === 'pause' && typeof seconds === 'number' && !isCheck(engine)) await pause(seconds, engine.stop);
  return outcome;
}

/** A task whose condition is unknown may still be known to have nothing to do. */
async function unknownOutcome(
  turn: HostTurn,
  module: HostModule<AnyParams, FactRequest>,
  around: TaskSurroundings,
  unknown: Unknown,
): Promise<Outcome> {
  const params = await resolve(turn, module, around).catch(() => unknown);
  const { isIdle, touches, assigns } =
    params instanceof Unknown
      ? await mightTouchPartly({ ...turn, around }, module)
      : await mightTouch({ ...turn, ...turn.actor, around }, module, params);
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
  const { host, spec, engine, actor } = turn;
  const { assigned } = spec.delegateFacts === true ? actor.host : host;
  for (const [name, value] of Object.entries(outcome.variables)) assigned.set(name, value);
  if (outcome.because.length > 0 && params !== undefined) disturb(turn, usuallyTouched(module, params, actor.host.name));
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
  const { host, user } = turn.actor;
  host.foretold.add(describeTask(turn.slot));
  host.facts.foretell({ sets: [], touches, empties: [], by: describeTask(turn.slot) }, user ?? '');
}
