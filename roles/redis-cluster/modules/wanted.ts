// What redis.cluster wants: who is master, who replicates whom, who has how many slots. Worked out of what is there, so that little has to move.
import { atOf } from './members.ts';
import type { Member } from './members.ts';
import { mastersOf, slotCount } from './picture.ts';
import type { Picture } from './picture.ts';
import { SLOTS } from './slots.ts';

/** A number of slots on its way. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** Masters may differ by so much before slots are moved. */
const TOLERANCE = 0.02;

/** The instances in the order in which masters are made: the first of each host, then the second of each. */
export function byTurns(members: readonly Member[]): readonly Member[] {
  const place = (member: Member): number => members.filter(({ host }) => host === member.host).indexOf(member);
  return members
    .map((member, index) => ({ member, index }))
    .toSorted((a, b) => place(a.member) - place(b.member) || a.index - b.index)
    .map(({ member }) => member);
}

/** How many masters so many instances make. */
export function mastersWanted(instances: number, replicas: number): number {
  return Math.floor(instances / (replicas + 1));
}

/**
 * The masters by `address:port`: those that have slots stay, those with the fewest go where there are too many, and new ones are made of
 * instances that are nobody's replica, where hosts have the fewest.
 */
export function chooseMasters(staying: readonly Member[], picture: Picture, count: number): readonly string[] {
  const turns = byTurns(staying);
  const places = new Map(turns.map((member, index) => [atOf(member), index]));
  const rank = (at: string): number => places.get(at) ?? 0;
  const holding = mastersOf(picture).filter(at => places.has(at));
  const kept = holding.toSorted((a, b) => slotCount(picture, b) - slotCount(picture, a) || rank(a) - rank(b)).slice(0, count);
  const chosen = [...kept];
  const free = turns.filter(member => picture.get(atOf(member))?.part === 'master' && picture.get(atOf(member))?.slots === '');
  while (chosen.length < count) {
    const mastersOn = (host: string): number => staying.filter(member => member.host === host && chosen.includes(atOf(member))).length;
    const [next] = free
      .filter(member => !chosen.includes(atOf(member)))
      .toSorted((a, b) => mastersOn(a.host) - mastersOn(b.host) || rank(atOf(a)) - rank(atOf(b)));
    if (next === undefined) break;
    chosen.push(atOf(next));
  }
  return chosen.toSorted((a, b) => rank(a) - rank(b));
}

/** Whose replica each of these is to be: never of a master on its own host where there is another, and every master with its share. */
export function chooseReplicas(staying: readonly Member[], picture: Picture, masters: readonly string[]): ReadonlyMap<string, string> {
  const hostOf = new Map(staying.map(member => [atOf(member), member.host]));
  const replicas = byTurns(staying)
    .map(atOf)
    .filter(at => !masters.includes(at) && (picture.get(at)?.slots ?? '') === '');
  const most = Math.ceil(replicas.length / Math.max(masters.length, 1));
  const chosen = new Map<string, string>();
  const load = (master: string): number => [...chosen.values()].filter(at => at === master).length;
  const isApart = (replica: string, master: string): boolean => hostOf.get(replica) !== hostOf.get(master);
  const canBeApart = new Set(hostOf.values()).size > 1;
  for (const replica of replicas) {
    const of = picture.get(replica)?.of ?? '';
    if (masters.includes(of) && load(of) < most && (isApart(replica, of) || !canBeApart)) chosen.set(replica, of);
  }
  for (const replica of replicas.filter(at => !chosen.has(at))) {
    const free = masters.filter(master => load(master) < most);
    const best = free
      .filter(master => isApart(replica, master) || !canBeApart)
      .toSorted((a, b) => load(a) - load(b) || next(masters, replica, hostOf, a) - next(masters, replica, hostOf, b))[0];
    if (best !== undefined) {
      chosen.set(replica, best);
      continue;
    }
    // Only masters of its own host are left: somebody who can go there changes with it.
    const [left] = free.toSorted((a, b) => load(a) - load(b));
    const other = [...chosen].find(([at, master]) => left !== undefined && isApart(at, left) && isApart(replica, master));
    if (left === undefined) continue;
    if (other === undefined) chosen.set(replica, left);
    else {
      chosen.set(other[0], left);
      chosen.set(replica, other[1]);
    }
  }
  return chosen;
}

/** Hosts take each other's replicas in a ring: that of the first goes to the second, and so on. */
function next(masters: readonly string[], replica: string, hostOf: ReadonlyMap<string, string>, master: string): number {
  const hosts = [...new Set(hostOf.values())];
  const from = hosts.indexOf(hostOf.get(replica) ?? '');
  const to = hosts.indexOf(hostOf.get(master) ?? '');
  return ((from - to + hosts.length) % hosts.length) * masters.length + masters.indexOf(master);
}

/** The slots that have to move: all of those who are to have none, and what the others have above their share. */
export function chooseMoves(picture: Picture, masters: readonly string[], balance: boolean): readonly Move[] {
  const leaving = mastersOf(picture).filter(at => !masters.includes(at));
  const share = SLOTS / masters.length;
  const isUneven = masters.some(at => Math.abs(slotCount(picture, at) - share) > share * TOLERANCE);
  if (leaving.length === 0 && !(balance && isUneven) && masters.every(at => slotCount(picture, at) > 0)) return [];
  const counts = new Map([...leaving, ...masters].map(at => [at, slotCount(picture, at)]));
  const order = masters.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const target = new Map(order.map((at, index) => [at, Math.floor(share) + (index < SLOTS - Math.floor(share) * masters.length ? 1 : 0)]));
  const moves: Move[] = [];
  for (const from of [...leaving, ...order]) {
    for (const to of order.toReversed()) {
      const surplus = (counts.get(from) ?? 0) - (target.get(from) ?? 0);
      const lack = (target.get(to) ?? 0) - (counts.get(to) ?? 0);
      const count = Math.min(surplus, lack);
      if (from === to || count <= 0) continue;
      moves.push({ from, to, count });
      counts.set(from, (counts.get(from) ?? 0) - count);
      counts.set(to, (counts.get(to) ?? 0) + count);
    }
  }
  return moves;
}
