// One task on a whole cluster: its parameters are those of the first host, its result is everyone's.
import { formatProblem } from '../errors/problem.ts';
import { resource } from '../facts/resource.ts';
import type { AnyParams, ClusterModule, FactRequest } from '../modules/contract.ts';
import { inputErrorOf } from '../program/input-error.ts';
import type { ChangeRecord, TaskStatus } from '../report/events.ts';
import { SecretInCommand } from '../util/shell.ts';
import { Unknown } from '../util/unknown.ts';
import { describeTask, isCheck } from './engine.ts';
import type { HostRun } from './host-run.ts';
import { resolveParameters } from './parameters.ts';
import { reconcileCluster, type ClusterOutcome } from './reconcile-cluster.ts';
import { registeredValue, SKIPPED } from './registered.ts';
import { decide, type HostTurn } from './run-host-task.ts';

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
  const outcome = await attempt(turn, hosts, module);
  if (typeof outcome === 'string') {
    for (const host of hosts) report(turn, host.name, 'skipped', [], [], outcome, started);
    register(turn, hosts, SKIPPED);
    return true;
  }
  for (const host of hosts) settle(turn, host, outcome, started, hosts[0] === host);
  const anyChange = outcome.changes.size > 0;
  register(
    turn,
    hosts,
    registeredValue({
      status: registeredStatus(outcome, anyChange),
      because: outcome.because,
      ...(outcome.message !== undefined && { message: outcome.message }),
      result: outcome.result,
    }),
  );
  return outcome.status !== 'failed' || turn.spec.ignoreErrors;
}

/** The outcome, or the condition that skips the task. */
async function attempt(
  turn: HostTurn,
  hosts: readonly HostRun[],
  module: ClusterModule<AnyParams, FactRequest>,
): Promise<ClusterOutcome | string> {
  const { engine, host, slot, spec, user } = turn;
  const around = { playHosts: turn.playHosts, spec };
  try {
    const condition = await decide(turn, around);
    if (typeof condition === 'string') return condition;
    const params = condition instanceof Unknown ? condition : await resolveParameters(engine, host, slot, spec, module, around, user);
    if (!(params instanceof Unknown)) {
      const names = hosts.map(member => member.name);
      return await reconcileCluster({ engine, hosts, slot, module, params, members: module.members(params, names), user });
    }
    if (isCheck(engine))
      hosts.forEach(member =>
        member.facts.foretell({ sets: [], touches: [resource.anything], empties: [], by: describeTask(slot) }, user ?? ''),
      );
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

const FAILED: ClusterOutcome = Object.freeze({ status: 'failed', changes: new Map(), assumes: [], because: [], result: null });

function settle(turn: HostTurn, host: HostRun, outcome: ClusterOutcome, started: number, first: boolean): void {
  const changes = outcome.changes.get(host.name) ?? [];
  const isCulprit = outcome.status === 'failed' && (outcome.failedOn ?? turn.host.name) === host.name;
  const status: TaskStatus = isCulprit ? 'failed' : outcome.status === 'unknown' ? 'unknown' : changes.length > 0 ? 'changed' : 'ok';
  if (status === 'changed' || status === 'unknown') for (const handler of turn.spec.notify) host.notify(handler, outcome.because);
  const message = isCulprit || (first && outcome.status !== 'failed') ? outcome.message : undefined;
  report(turn, host.name, status, changes, outcome.assumes, message, started);
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
  status: TaskStatus,
  changes: readonly ChangeRecord[],
  assumes: readonly string[],
  message: string | undefined,
  started: number,
): void {
  turn.engine.emit({
    kind: 'task-result',
    task: turn.slot.ref,
    host,
    status,
    changes,
    assumes: changes.length > 0 ? assumes : [],
    ...(message !== undefined && { message }),
    ignored: status === 'failed' && turn.spec.ignoreErrors,
    milliseconds: Date.now() - started,
  });
}
