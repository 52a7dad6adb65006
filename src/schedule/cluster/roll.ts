// What the engine adds to a rolling change: its order is announced and counted in, and it is closed however it ends.
import { UnreachableError } from '../../errors/errors.ts';
import type { Place } from '../../modules/contract.ts';
import { askCluster } from './ask-cluster.ts';
import type { ClusterWork } from './cluster-work.ts';
import { sendSteps, type Gathered } from './send-steps.ts';
import { TaskFailure } from '../state/task-failure.ts';
import { DependsOnUnknown } from '../state/unknown-guard.ts';

/** Who has no turn in this run. */
export interface Order {
  /** All who stand before the member that `--from` names. */
  readonly leftOut: ReadonlySet<string>;
  /** In words, those of them who are due. */
  readonly words: string | undefined;
}

/** Says in which order members have their turns. @returns undefined while there is none: nobody is due */
export function announce({ engine, slot }: ClusterWork, places: readonly Place[]): Order | undefined {
  if (places.length === 0) return undefined;
  const from = Math.max(
    places.findIndex(place => (place.host ?? place.member) === engine.options.from),
    0,
  );
  const due = places.slice(0, from).filter(place => place.isDue);
  const leftOut = due.map(place => place.member);
  const turns = places.slice(from).flatMap(({ isDue, member, part }) => (isDue ? [{ member, ...(part !== undefined && { part }) }] : []));
  engine.emit({ kind: 'roll', task: slot.ref, turns, leftOut });
  return {
    leftOut: new Set(places.slice(0, from).map(place => place.member)),
    words: leftOut.length === 0 ? undefined : `left as it was: ${leftOut.join(', ')} (--from)`,
  };
}

/**
 * Puts back what a roll moved, after it failed or was interrupted. In a dry run that is foretold: the run would fail there too.
 * @returns what ended it, with the words of what could not be put back
 */
export async function closeRoll(work: ClusterWork, gathered: Gathered, ended: unknown): Promise<unknown> {
  if (!(ended instanceof TaskFailure || ended instanceof UnreachableError)) return ended;
  // A refusal before the first step moved nothing; only what an earlier run left can be put back then, where that can be seen.
  const hasMoved = gathered.changes.size > 0 || gathered.outputs.length > 0;
  try {
    const { have, view } = await askCluster(work, { assumes: new Set(), isClosing: true });
    const steps = work.module.changes(work.params, have, view);
    const missing = steps.find(step => step.kind === 'unmet');
    if (missing && hasMoved) throw new TaskFailure(missing.message, missing.on);
    await sendSteps(work, steps, gathered);
    return ended;
  } catch (error) {
    if (error instanceof DependsOnUnknown) return ended;
    if (!(error instanceof TaskFailure || error instanceof UnreachableError)) return error;
    return new TaskFailure(
      `${ended.message}; what the roll moved could not be put back, the next run does it: ${error.message}`,
      ended.host,
    );
  }
}
