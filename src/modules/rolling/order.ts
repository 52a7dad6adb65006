// Who has a turn, and when: the role's order, with those that serve nobody before all others.
import type { Place } from '../contract.ts';
import type { AnyCluster, AnyMember, AnyRolling } from './contract.ts';
import { memberOf } from './params.ts';
import type { RollingParams } from './params.ts';

/** Members that run with other files than those that are there now. The others have no turn: they start together. */
export function dueOf({ present }: AnyCluster): readonly AnyMember[] {
  return present.filter(member => member.state === 'running' && member.due !== undefined);
}

/** Whether a member that runs takes nothing away when it is restarted. */
export function isUseless(d: AnyRolling, p: RollingParams, member: AnyMember): boolean {
  return member.state === 'running' && d.isServing?.(p, member) === false;
}

/** The present members in the order of the live cluster. Empty while nobody is due, or while one is on its way up or down. */
export function placesOf(d: AnyRolling, p: RollingParams, cluster: AnyCluster): readonly Place[] {
  const due = new Set(dueOf(cluster).map(member => member.name));
  if (due.size === 0 || cluster.present.some(member => member.state === 'moving')) return [];
  const names = cluster.present.map(member => ({ member: member.name }));
  const named = d.order?.(p, cluster) ?? names;
  // A member that the role's order leaves out has its turn all the same.
  const order = [...named, ...names.filter(({ member }) => named.every(turn => turn.member !== member))];
  const useless = new Set(cluster.present.filter(member => isUseless(d, p, member)).map(member => member.name));
  return [...order.filter(turn => useless.has(turn.member)), ...order.filter(turn => !useless.has(turn.member))].map(turn => ({
    ...turn,
    isDue: due.has(turn.member),
    ...placeOn(memberOf(p, turn.member)),
  }));
}

function placeOn({ name, host }: { readonly name: string; readonly host: string }): Pick<Place, 'host'> {
  return name === host ? {} : { host };
}
