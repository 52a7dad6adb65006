// One task on a whole cluster: its parameters are those of the first host, its result is everyone's.
import { formatProblem } from '../../errors/problem.ts';
import { resource, type Resource } from '../../facts/resource.ts';
import type { AnyParams, ClusterModule, FactRequest } from '../../modules/contract.ts';
import { inputErrorOf } from '../../program/input-error.ts';
import type { TaskStatus } from '../../report/events.ts';
import { SecretInCommand } from '../../util/shell.ts';
import { Unknown } from '../../util/unknown.ts';
import { describeTask, isCheck } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import type { LedgerEntry } from '../state/ledger.ts';
import { usuallyTouched } from '../tasks/might-touch.ts';
import { resolveParameters } from '../values/parameters.ts';
import { reconcileCluster, type ClusterOutcome } from './reconcile-cluster.ts';
import { registeredValue, SKIPPED } from '../values/registered.ts';
import { holdAll } from '../values/hold.ts';
import type { HostTurn } from '../tasks/host-turn.ts';

/**
 * Gives a cluster its turn at a task and reports it for every host.
 * @param turn the first host's
 * @returns whether the play may go on
 */
export async function runClusterTask(
  turn: HostTurn,
  hosts: readonly HostRun[],
  module: ClusterModule<AnyParams, FactRequest>,
): Promise<boolean> {
  const started = Date.now();
  const asked: { params?: AnyParams } = {};
  const outcome = await attempt(turn, hosts, module, asked);
  if (typeof outcome === 'string') {
    for (const host of hosts)
      report(turn, host.name, { status: 'skipped', changes: [], assumes: [], because: [], message: outcome }, started);
    register(turn, hosts, SKIPPED);
    return true;
  }
  for (const host of hosts) settle(turn, host, outcome, { started, isFirst: hosts[0] === host, params: asked.params });
  const anyChange = outcome.changes.size > 0;
  const value = registeredValue({
    status: registeredStatus(outcome, anyChange),
    because: outcome.because,
    ...(outcome.message !== undefined && { message: outcome.message }),
    result: outcome.result,
  });
  register(turn, hosts, value);
  const isFine = outcome.status !== 'failed' || turn.spec.ignoreErrors;
  if (!isFine) for (const host of hosts) host.failure = { task: turn.slot.ref, result: value };
  return isFine;
}

/** The outcome, or the condition that skips the task. */
async function attempt(
  turn: HostTurn,
  hosts: readonly HostRun[],
  module: ClusterModule<AnyParams, FactRequest>,
  asked: { params?: AnyParams },
): Promise<ClusterOutcome | string> {
  const { engine, host, slot, spec, user } = turn;
  const around = { playHosts: turn.playHosts, spec, extraValues: turn.pass.values };
  try {
    const condition = await holdAll(turn, around, spec.when, turn.doubts);
    if (typeof condition === 'string') return condition;
    const params = condition instanceof Unknown ? condition : await resolveParameters(engine, host, slot, spec, module, around, user);
    if (!(params instanceof Unknown)) {
      asked.params = params;
      const names = hosts.map(member => member.name);
      const outcome = await reconcileCluster({
        engine,
        hosts,
        slot,
        module,
        params,
        members: module.members(params, names),
        user,
        notifies: spec.notify,
      });
      if (outcome.because.length > 0) disturb(turn, hosts, name => usuallyTouched(module, params, name));
      return outcome;
    }
    disturb(turn, hosts, () => [resource.anything]);
    return {
      status: 'unknown',
      changes: new Map(),
      assumes: [],
      because: params.because,
      message: params.because.join('; '),
      result: params,
    };
  } catch (error) {
    const input = inputErrorOf(error);
    if (input) return { ...FAILED, message: input.problems.map(formatProblem).join('\n') };
    if (error instanceof Error && (error.name === 'TaskFailure' || error instanceof SecretInCommand))
      return { ...FAILED, message: error.message };
    throw error;
  }
}

/** In a dry run, what an unknown task may touch is not known from here on. */
function disturb({ engine, slot, user }: HostTurn, hosts: readonly HostRun[], touchesOf: (host: string) => readonly Resource[]): void {
  if (!isCheck(engine)) return;
  const by = describeTask(slot);
  for (const host of hosts) {
    host.foretold.add(by);
    host.facts.foretell({ sets: [], touches: touchesOf(host.name), empties: [], by }, user ?? '');
  }
}

const FAILED: ClusterOutcome = Object.freeze({ status: 'failed', changes: new Map(), assumes: [], because: [], result: null });

interface Telling {
  readonly started: number;
  /** The task's words are said once, by its first host. */
  readonly isFirst: boolean;
  readonly params: AnyParams | undefined;
}

function settle(turn: HostTurn, host: HostRun, outcome: ClusterOutcome, { started, isFirst, params }: Telling): void {
  const changes = outcome.changes.get(host.name) ?? [];
  const isCulprit = outcome.status === 'failed' && (outcome.failedOn ?? turn.host.name) === host.name;
  // What is foretold of a cluster may end where something is unknown: then the others may have their turn yet.
  const isUnknown = outcome.status === 'unknown' || (outcome.because.length > 0 && changes.length === 0);
  const status: TaskStatus = isCulprit ? 'failed' : isUnknown ? 'unknown' : changes.length > 0 ? 'changed' : 'ok';
  if (status === 'changed' || status === 'unknown')
    for (const handler of turn.spec.notify) host.notify(handler, status === 'unknown' ? outcome.because : []);
  const message = isCulprit || isUnknown || (isFirst && outcome.status !== 'failed') ? outcome.message : undefined;
  const assumes = changes.length > 0 ? outcome.assumes : [];
  const told = { status, changes, assumes, because: outcome.because, ...(message !== undefined && { message }) };
  report(turn, host.name, told, started, params);
}

function registeredStatus(outcome: ClusterOutcome, anyChange: boolean): 'ok' | 'changed' | 'failed' | 'unknown' {
  if (outcome.status !== 'done') return outcome.status;
  return anyChange ? 'changed' : 'ok';
}

function register(turn: HostTurn, hosts: readonly HostRun[], value: ReturnType<typeof registeredValue>): void {
  const name = turn.spec.register;
  if (name !== undefined) for (const host of hosts) host.assigned.set(name, value);
}

function report(
  turn: HostTurn,
  host: string,
  told: Omit<LedgerEntry, 'host' | 'task' | 'params'>,
  started: number,
  params?: AnyParams,
): void {
  const { engine, slot, spec, isRescuable, pass } = turn;
  const occasion = { host, task: slot.ref, ...(pass.item && { item: pass.item.shown, index: pass.item.index }) };
  engine.ledger?.({ ...occasion, ...told, params });
  const ignored = told.status === 'failed' && spec.ignoreErrors;
  const { status, changes, assumes, message } = told;
  engine.emit({
    kind: 'task-result',
    ...occasion,
    status,
    changes,
    assumes,
    ...(message !== undefined && { message }),
    ignored,
    ...(status === 'failed' && !ignored && isRescuable && { rescued: true }),
    milliseconds: Date.now() - started,
  });
}
