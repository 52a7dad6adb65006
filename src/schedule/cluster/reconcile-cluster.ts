// A module on a cluster: every member is asked in one frame each, the answers are judged once, the steps go out in waves.
import { UnreachableError } from '../../errors/errors.ts';
import type { ChangeRecord } from '../../report/events.ts';
import { Unknown } from '../../util/unknown.ts';
import type { Value } from '../../util/value.ts';
import { askCluster } from './ask-cluster.ts';
import type { ClusterWork } from './cluster-work.ts';
import { describeTask } from '../state/engine.ts';
import { ranView } from '../changing/ran.ts';
import { announce, closeRoll, type Order } from './roll.ts';
import { Rounds } from '../changing/rounds.ts';
import { sendSteps, takeoversOf, takeTurns, type Gathered } from './send-steps.ts';
import { TaskFailure } from '../state/task-failure.ts';
import { DependsOnUnknown } from '../state/unknown-guard.ts';

/** What came of it. */
export interface ClusterOutcome {
  readonly status: 'done' | 'failed' | 'unknown';
  readonly changes: ReadonlyMap<string, readonly ChangeRecord[]>;
  readonly assumes: readonly string[];
  readonly message?: string;
  /** The member that failed, when one can be named. */
  readonly failedOn?: string;
  readonly because: readonly string[];
  readonly result: Value;
}

/** Brings a cluster to what the parameters say, or foretells it. Members that cannot be reached are values to decide on. */
export async function reconcileCluster(work: ClusterWork): Promise<ClusterOutcome> {
  const { engine, module, params } = work;
  const assumes = new Set<string>();
  const gathered: Gathered = { changes: new Map(), outputs: [], assume: text => assumes.add(text) };
  const end = (status: ClusterOutcome['status'], more: Partial<ClusterOutcome> = {}): ClusterOutcome => ({
    status,
    changes: gathered.changes,
    assumes: [...assumes],
    because: [],
    result: null,
    ...more,
  });
  let order: Order | undefined;
  try {
    const rounds = new Rounds(module, params);
    while (rounds.isAsked) {
      rounds.refuseWhenStopped(engine.stop);
      const seen = takeoversOf(work);
      const { have, view } = await askCluster(work, { assumes });
      order ??= announce(work, module.order?.(params, have, view) ?? []);
      const steps = module.changes(params, have, { ...view, ...(order && { leftOut: order.leftOut }) });
      if (steps.length === 0) break;
      if (!(await takeTurns(work, steps, seen))) continue;
      rounds.take(steps);
      await sendSteps(work, steps, gathered);
      if (steps.every(step => step.kind === 'trial')) break;
    }
    const ran = ranView(gathered.outputs, describeTask(work.slot));
    const { have, view } = await askCluster(work, { assumes });
    const says = [module.says?.(params, have, ran, view), order?.words].filter(words => words !== undefined).join('; ');
    return end('done', { ...(says !== '' && { message: says }), result: module.result?.(params, have, ran, view) ?? null });
  } catch (caught) {
    const error = module.order === undefined ? caught : await closeRoll(work, gathered, caught);
    if (error instanceof DependsOnUnknown)
      return end(gathered.changes.size > 0 ? 'done' : 'unknown', {
        because: error.because,
        message: error.because.join('; '),
        result: new Unknown(error.because),
      });
    if (error instanceof TaskFailure)
      return end('failed', { message: error.message, ...(error.host !== undefined && { failedOn: error.host }) });
    if (error instanceof UnreachableError) return end('failed', { message: error.message, failedOn: error.host });
    throw error;
  }
}
