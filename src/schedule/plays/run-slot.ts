// One task across its hosts: everyone at once within the limits, or once for all.
import { UnreachableError } from '../../errors/errors.ts';
import type { Play, TaskNode, TaskSlot } from '../../program/types.ts';
import { specOf } from '../../program/walk.ts';
import type { TaskStatus } from '../../report/events.ts';
import { userFor, type HostLogin } from '../hosts/become.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import type { HostTurn } from '../tasks/host-turn.ts';
import { Gate } from '../../util/gate.ts';
import type { Value } from '../../util/value.ts';
import { engineFor } from '../tasks/turn-engine.ts';
import { failureOf } from '../tasks/outcome-of-error.ts';
import { forEachLimited } from './limit.ts';
import { ONCE, type Pass } from '../values/passes.ts';
import { runClusterTask } from '../cluster/run-cluster-task.ts';
import { runHostTask } from '../tasks/run-host-task.ts';

/** What a slot needs to know of the play around it. */
export interface SlotSurroundings {
  readonly engine: Engine;
  readonly playHosts: readonly string[];
  readonly loginOf: (host: string) => HostLogin;
  /** Why it is not known, in a dry run, whether a host's turn comes at all; by host, empty where it is known. */
  readonly doubts?: ReadonlyMap<string, readonly string[]>;
  readonly batch: BatchRun;
  /** What fails here is rescued by a block around it. */
  readonly isRescuable: boolean;
  /** So is what cannot be reached. */
  readonly rescuesLost: boolean;
  /** Where blocks around loop, the pass that each host is in. */
  readonly passes?: ReadonlyMap<string, Pass>;
  /** Within a role, hosts for which it may be over, in a dry run that cannot know, and why. */
  readonly roleDoubts?: Map<string, readonly string[]>;
}

/** Hosts that go through a play together, and how that went. */
export interface BatchRun {
  readonly hosts: readonly HostRun[];
  /** Of how many the batch was, those that were lost before included. */
  readonly size: number;
  readonly play: Play;
  /** Where each host goes by itself: so many tasks at once. */
  readonly gate?: Gate;
  /** There, too, a task has its own limit. */
  readonly throttles: Map<TaskSlot, Gate>;
  /** Tasks that were not begun, by name. */
  readonly notDone: string[];
  /** Hosts whose turn at the last task had not come when the run was interrupted. */
  readonly notBegun: Set<HostRun>;
  /** Hosts that may have left the play, in a dry run that cannot know, and why. */
  readonly doubts: Map<string, readonly string[]>;
  /** Hosts that a role is done with, by its key. */
  readonly rolesDone: Map<string, Set<HostRun>>;
  /** Runs the handlers that hosts owe. */
  readonly flush: (around: SlotSurroundings, hosts: readonly HostRun[]) => Promise<void>;
  /** Every host has ended the play: further batches do not begin. */
  isEnded: boolean;
  /** Something failed that was everyone's. */
  isFatal: boolean;
}

/** How a task ended across its hosts. */
export interface SlotEnd {
  /** Whether the play may go on for the hosts that are left. */
  readonly isFine: boolean;
  /** Hosts whose turn had not come when the run was interrupted. */
  readonly notBegun: readonly HostRun[];
}

/** Runs a task on those of the hosts that have it. */
export async function runSlot(around: SlotSurroundings, slot: TaskSlot, hosts: readonly HostRun[]): Promise<SlotEnd> {
  const { engine } = around;
  const turns = hosts.filter(host => host.standing === 'alive').flatMap(host => turnOf(around, slot, host));
  const first = turns[0];
  if (first === undefined) return { isFine: true, notBegun: [] };
  engine.ahead?.reached(slot, hosts);
  const module = engine.modules.get(slot.ref.module);
  if (module === undefined) throw new Error(`module ${slot.ref.module} is not loaded`);
  engine.emit({ kind: 'task-started', task: slot.ref, hosts: (slot.runOnce ? [first] : turns).map(turn => turn.host.name) });
  if (module.kind === 'cluster') {
    const isFine = await guarded(first, () =>
      runClusterTask(
        { ...first, doubts: turns.flatMap(turn => turn.doubts) },
        turns.map(turn => turn.host),
        module,
      ),
    );
    if (!isFine) for (const turn of turns) fail(turn.host);
    return { isFine, notBegun: [] };
  }
  if (slot.runOnce) {
    const before = new Map(first.host.assigned);
    const isFine = await guarded(first, () => runHostTask(first, module));
    // Those that have failed or left know it, too: another play may have them.
    share(first.host, before, around.batch.gate === undefined ? around.batch.hosts : [first.host]);
    if (!isFine) for (const turn of turns) fail(turn.host);
    return { isFine, notBegun: [] };
  }
  const limit = Math.min(engine.options.forks, slot.throttle ?? Number.POSITIVE_INFINITY);
  const notBegun: HostRun[] = [];
  const work = async (turn: HostTurn): Promise<void> => {
    if (engine.stop.aborted) notBegun.push(turn.host);
    else if (!(await guarded(turn, () => runHostTask(turn, module)))) fail(turn.host);
  };
  const { group } = engine;
  // Where each host goes by itself, one may be at a task that waits for what another has yet to change.
  const isInStep = around.batch.gate === undefined && group !== undefined;
  const inStep = (turn: HostTurn): Promise<void> => (isInStep ? group.during(turn.host, () => work(turn)) : work(turn));
  await forEachLimited(turns, limit, turn => through(around.batch, slot, () => inStep(turn)));
  return { isFine: true, notBegun };
}

/** Where each host goes by itself, limits are kept across their turns. */
async function through({ gate, throttles }: BatchRun, slot: TaskSlot, work: () => Promise<void>): Promise<void> {
  if (gate === undefined) return work();
  if (slot.throttle === undefined) return gate.pass(work);
  const own = throttles.get(slot) ?? new Gate(slot.throttle);
  throttles.set(slot, own);
  return own.pass(() => gate.pass(work));
}

function turnOf(around: SlotSurroundings, slot: TaskSlot, host: HostRun): readonly HostTurn[] {
  const spec = specOf(slot, host.name);
  if (spec === undefined) return [];
  const { playHosts, isRescuable, rescuesLost, loginOf } = around;
  const engine = engineFor(around.engine, spec);
  const doubts = doubtsOf(around, host);
  const pass = around.passes?.get(host.name) ?? ONCE;
  const user = userFor(spec, around.loginOf(host.name));
  return [{ engine, host, slot, spec, playHosts, user, actor: { host, user }, loginOf, doubts, pass, isRescuable, rescuesLost }];
}

/** Why it is not known whether the turn of a host comes at all. */
export function doubtsOf({ doubts, roleDoubts, batch }: SlotSurroundings, { name }: HostRun): readonly string[] {
  return [...(doubts?.get(name) ?? []), ...(roleDoubts?.get(name) ?? []), ...(batch.doubts.get(name) ?? [])];
}

/** A host that cannot be reached is lost, and said so once. What a second interruption ended has failed. */
export async function guarded(turn: Guarded, work: () => Promise<boolean>): Promise<boolean> {
  const { engine, host, rescuesLost = false } = turn;
  try {
    return await work();
  } catch (error) {
    if (engine.kill.aborted && error === engine.kill.reason) {
      report(turn, 'failed', 'ended by the second interruption; how far it came is not known');
      return false;
    }
    if (!(error instanceof UnreachableError)) throw error;
    const registered = { changed: false, failed: true, skipped: false, unreachable: true, msg: error.message };
    if (turn.spec?.ignoreUnreachable === true) {
      if (turn.spec.register !== undefined) host.assigned.set(turn.spec.register, registered);
      report(turn, 'unreachable', error.message, true);
      return true;
    }
    if (rescuesLost) {
      host.standing = 'failed';
      host.failure = { task: turn.slot.ref, result: registered };
    } else {
      host.standing = 'lost';
      host.lostBecause = error.message;
      engine.emit({ kind: 'host-lost', host: host.name, message: error.message });
    }
    report({ ...turn, isRescuable: rescuesLost }, 'unreachable', error.message);
    return false;
  }
}

/** Does what comes before the first step of a turn; what fails in it is told as the turn's failure. */
export async function beginning<T extends Guarded>(turn: T, work: (turn: T) => Promise<void>): Promise<void> {
  await guarded(turn, async () => {
    try {
      await work(turn);
    } catch (error) {
      failTask(turn, failureOf(error).message ?? '');
    }
    return true;
  });
}

/** What fails before its first step, in words. */
export function failTask(turn: Guarded, message: string): void {
  turn.host.standing = 'failed';
  turn.host.failure = { task: turn.slot.ref, result: { changed: false, failed: true, skipped: false, msg: message } };
  report(turn, 'failed', message);
}

/** What comes of a turn that no module has. */
export function endTask({ engine, host, slot }: Guarded, status: TaskStatus, { item }: Pass, message?: string): void {
  engine.emit({
    kind: 'task-result',
    task: slot.ref,
    host: host.name,
    ...(item && { item: item.shown, index: item.index }),
    status,
    changes: [],
    assumes: [],
    ...(message !== undefined && { message }),
    ignored: false,
    milliseconds: 0,
  });
}

/** Whose turn at what it is. */
type Guarded = Pick<HostTurn, 'engine' | 'host'> &
  Partial<Pick<HostTurn, 'isRescuable' | 'rescuesLost' | 'spec'>> & { readonly slot: Pick<TaskNode, 'ref'> };

function report({ engine, host, slot, isRescuable = false }: Guarded, status: TaskStatus, message: string, ignored = false): void {
  engine.emit({
    kind: 'task-result',
    task: slot.ref,
    host: host.name,
    status,
    changes: [],
    assumes: [],
    message,
    ignored,
    ...(isRescuable && !ignored && { rescued: true }),
    milliseconds: 0,
  });
}

function fail(host: HostRun): void {
  if (host.standing === 'alive') host.standing = 'failed';
}

/** What a task that ran once registered or set is everyone's. */
function share(from: HostRun, before: ReadonlyMap<string, Value>, hosts: readonly HostRun[]): void {
  for (const [name, value] of from.assigned) if (before.get(name) !== value) for (const host of hosts) host.assigned.set(name, value);
}
