// One task on one host: what it loops over, and its turn with each item. In this order, as Ansible does.
import type { AnyParams, FactRequest, HostModule } from '../../modules/contract.ts';
import { loopNames } from '../../program/loop-control.ts';
import { Unknown } from '../../util/unknown.ts';
import { isMap, type Value } from '../../util/value.ts';
import { attemptTask, disturb, settle } from './attempt-task.ts';
import { isCheck } from '../state/engine.ts';
import { holdAll } from '../values/hold.ts';
import type { HostTurn } from './host-turn.ts';
import { loopItems } from '../values/loop-items.ts';
import { mightTouchPartly } from './might-touch.ts';
import { NOTHING } from '../state/outcome.ts';
import { failureOf } from './outcome-of-error.ts';
import { passesOf, shownAs, type Pass } from '../values/passes.ts';
import { pause } from './pause.ts';
import { registeredLoop, registeredValue, SKIPPED } from '../values/registered.ts';
import { reportTurn } from './report-turn.ts';
import { evaluateOn } from '../values/scopes.ts';

/**
 * Gives a host its turn at a task and reports it.
 * @returns whether the host may go on with the play
 */
export async function runHostTask(turn: HostTurn, module: HostModule<AnyParams, FactRequest>): Promise<boolean> {
  const { host, slot, spec } = turn;
  const { isFine, value, isKept } = await take(turn, module);
  if (isKept && spec.register !== undefined) host.assigned.set(spec.register, value);
  if (!isFine) host.failure = { task: slot.ref, result: value };
  return isFine;
}

/** How a turn went. */
interface Taken {
  readonly isFine: boolean;
  /** What `register` gets. */
  readonly value: Value;
  /** False where the task did not come as far as that. */
  readonly isKept: boolean;
}

async function take(turn: HostTurn, module: HostModule<AnyParams, FactRequest>): Promise<Taken> {
  const { engine, host, spec, pass, playHosts } = turn;
  const started = Date.now();
  if (spec.loop === undefined) {
    const { isFine, value } = await attemptTask(turn, module, pass);
    return { isFine, value, isKept: true };
  }
  const around = { playHosts, spec, extraValues: pass.values };
  const items = await loopItems(engine, host, around, turn.user, spec.loop).catch((error: unknown) => failureOf(error));
  if ('status' in items) {
    const holds = await holdAll(turn, around, spec.when, turn.doubts).catch(() => true);
    if (typeof holds === 'string') {
      reportTurn(turn, { status: 'skipped', message: holds }, pass, started);
      return { isFine: true, value: SKIPPED, isKept: true };
    }
    reportTurn(turn, items, pass, started);
    return { isFine: spec.ignoreErrors, value: registeredValue(items), isKept: false };
  }
  if (items instanceof Unknown) {
    await takeUnknown(turn, module, items, started);
    return { isFine: true, value: items, isKept: true };
  }
  const results: Value[] = [];
  let isFine = true;
  const doubts = [...turn.doubts];
  for (const [index, plain] of passesOf(items, pass, spec.loopControl).entries()) {
    if (index > 0) await rest(turn, plain);
    if (index > 0 && engine.stop.aborted) {
      const message = `interrupted: ${items.length - index} of ${items.length} items were not begun`;
      reportTurn(turn, { status: 'failed', message }, pass, Date.now());
      return { isFine: false, value: registeredLoop(results), isKept: false };
    }
    const each = await labelled(turn, plain);
    const taken = await attemptTask({ ...turn, doubts }, module, each);
    const { value } = taken;
    results.push(isMap(value) ? { ...value, [spec.loopControl?.variable ?? 'item']: items[index] ?? null } : value);
    isFine &&= taken.isFine;
    const isOver = await breaks(turn, each, value);
    if (isOver === true) break;
    if (isOver instanceof Unknown) doubts.push(...isOver.because);
  }
  if (items.length === 0) reportTurn(turn, { status: 'skipped', message: 'no items in the loop' }, pass, started);
  return { isFine, value: registeredLoop(results), isKept: true };
}

/** Between two items. */
async function rest(turn: HostTurn, { values }: Pass): Promise<void> {
  const { engine, spec, playHosts } = turn;
  const node = spec.loopControl?.pause;
  if (node === undefined || isCheck(engine)) return;
  const around = { playHosts, spec, extraValues: values };
  const seconds = await evaluateOn(turn, around, node);
  await pause(Number(seconds), engine.stop);
}

/** What is shown of the item, where that is not the item itself. One that cannot be said is no reason to fail. */
async function labelled(turn: HostTurn, pass: Pass): Promise<Pass> {
  const { spec, playHosts } = turn;
  const node = spec.loopControl?.label;
  if (node === undefined) return pass;
  const around = { playHosts, spec, extraValues: pass.values };
  const label = evaluateOn(turn, around, node);
  return label.then(
    shown => shownAs(pass, turn.pass, shown),
    () => pass,
  );
}

/** Whether the loop ends with this item. */
async function breaks(turn: HostTurn, { values }: Pass, value: Value): Promise<boolean | Unknown> {
  const { spec, playHosts } = turn;
  const { breakWhen = [] } = spec.loopControl ?? {};
  if (breakWhen.length === 0) return false;
  const extraValues = spec.register === undefined ? values : { ...values, [spec.register]: value };
  const holds = await holdAll(turn, { playHosts, spec, extraValues }, breakWhen);
  return typeof holds === 'string' ? false : holds;
}

/** A dry run that cannot know the items: whatever the task may touch is not known from here on. */
async function takeUnknown(turn: HostTurn, module: HostModule<AnyParams, FactRequest>, items: Unknown, started: number): Promise<void> {
  const { host, spec, pass, playHosts } = turn;
  const names = loopNames(spec.loopControl).map(name => [name, items]);
  const extraValues = { ...pass.values, ...(Object.fromEntries(names) as Record<string, Value>) };
  const { touches, assigns } = await mightTouchPartly({ ...turn, around: { playHosts, spec, extraValues } }, module);
  disturb(turn, touches);
  for (const name of assigns) host.assigned.set(name, items);
  const { because } = items;
  settle(turn, module, undefined, { ...NOTHING, status: 'unknown', because, message: because.join('; ') }, pass, started);
}
