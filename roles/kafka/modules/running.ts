// Who of the brokers runs, as far as their units tell; what asks the whole cluster asks one of these.
import { isAbsent } from '../../../src/index.ts';
import type { Absent } from '../../../src/index.ts';
import type { Member } from './members.ts';

/** What every cluster module of this role asks of each broker. */
export interface UnitHave {
  readonly unit: { readonly active: string };
}

/** The brokers whose unit is active, in the order of `members`. */
export function runningOf(members: readonly Member[], have: ReadonlyMap<string, UnitHave | Absent>): readonly Member[] {
  return members.filter(({ name }) => {
    const answer = have.get(name);
    return answer !== undefined && !isAbsent(answer) && answer.unit.active === 'active';
  });
}

/** Asks one running broker for all. Nobody is asked when none runs. */
export function askOne<W>(
  members: readonly Member[],
  have: ReadonlyMap<string, UnitHave | Absent>,
  facts: W,
): { readonly speaker: string; readonly facts: W } | undefined {
  const [first] = runningOf(members, have);
  return first && { speaker: first.name, facts };
}
