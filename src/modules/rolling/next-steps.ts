// The answer of a rolling module, one question after the other; the first that finds something to do is the answer of the round.
import type { ClusterView, FactRequest } from '../contract.ts';
import type { Step } from '../steps.ts';
import type { AnyCluster, AnyRolling } from './contract.ts';
import { isUseless, placesOf } from './order.ts';
import { firstHost } from './params.ts';
import type { RollingParams } from './params.ts';
import { refuseAway, refuseStopped, refuseToClose, refuseUnit } from './refusals.ts';
import { begin, close, restart, start, waitUntilStill } from './steps.ts';

/** What is to be done now; nothing when every member runs with its present files and nothing is left to be put back. */
export function nextSteps(
  d: AnyRolling,
  p: RollingParams,
  cluster: AnyCluster,
  view: ClusterView<FactRequest>,
  begun: boolean,
): readonly Step[] {
  const { present, away } = cluster;
  if (view.isClosing) return closing(d, p, cluster, begun);
  const moving = present.filter(member => member.state === 'moving');
  if (moving.length > 0) return moving.map(member => waitUntilStill(p, member));

  const turns = placesOf(d, p, cluster).filter(place => place.isDue && !view.leftOut.has(place.member));
  const next = present.find(member => member.name === turns[0]?.member);
  const stopped = present.filter(member => member.state === 'stopped').map(member => member.name);
  if (next !== undefined && stopped.length > 0) return [refuseStopped(p, next.name, stopped)];

  const idle = present.filter(member => member.state !== 'running');
  const refused = idle.flatMap(member => refuseUnit(p, member));
  if (refused.length > 0) return refused;
  const names = present.map(member => member.name);
  if (idle.length > 0) {
    // Who comes back to a cluster that has formed lost its part in it when it went.
    const comesBack = idle.length < present.length && !away.includes(p.members[0]?.name ?? '');
    if (d.finally !== undefined && comesBack && !begun) return [begin(d, p, cluster)];
    return [...idle.map(member => start(d, p, member)), ...d.settle(p, cluster, names)];
  }

  const useless = present.filter(member => isUseless(d, p, member) && turns.some(turn => turn.member === member.name));
  if (useless.length > 0) return [...useless.map(member => restart(d, p, member)), ...d.settle(p, cluster, names)];
  const outside = present.filter(member => d.isSettled?.(p, member, cluster) === false).map(member => member.name);
  if (outside.length > 0) return d.settle(p, cluster, outside);

  if (next === undefined) return begun ? close(d, p, cluster) : [];
  if (away.length > 0) return [refuseAway(p, next.name, away)];
  const gate = d.gate?.(p, cluster, next) ?? [];
  if (gate.length > 0) return gate;
  if (d.finally !== undefined && !begun) return [begin(d, p, cluster)];
  const aside = d.prepare?.(p, cluster, next) ?? [];
  if (aside.length > 0) return aside;
  const meanwhile = d.meanwhile?.(p, cluster, next) ?? [];
  return [...meanwhile, restart(d, p, next), ...d.settle(p, cluster, [next.name, ...names.filter(name => name !== next.name)])];
}

/** After a failure or an interruption: only what must be put back. */
function closing(d: AnyRolling, p: RollingParams, cluster: AnyCluster, begun: boolean): readonly Step[] {
  if (begun) return close(d, p, cluster);
  const [first] = p.members;
  return d.finally !== undefined && first !== undefined && cluster.away.includes(first.name) ? [refuseToClose(firstHost(p))] : [];
}
