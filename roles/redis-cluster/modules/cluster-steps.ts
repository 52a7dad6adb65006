// The answer of redis.cluster, one question after the other; the first that finds something to do is the answer of the round.
import { unmet } from '../../../src/index.ts';
import type { Step } from '../../../src/index.ts';
import { refusals } from './cluster-refusals.ts';
import { atOf } from './members.ts';
import type { Member, Seen } from './members.ts';
import { isSeen, mastersOf, mergedPicture, pictureOf } from './picture.ts';
import type { Picture } from './picture.ts';
import { missingSlots, readSlots, sharesOf, writeSlots, commonSlots } from './slots.ts';
import { addSlots, forget, mendOpen, moveSlots, replicate, waitForAll, waitForSame } from './cluster-acts.ts';
import { meet } from './meet.ts';
import { chooseMasters, chooseMoves, chooseReplicas, mastersWanted } from './wanted.ts';

/** What the steps need of the module's parameters. */
export interface ClusterParams {
  readonly members: readonly Member[];
  readonly leaving: readonly string[];
  readonly replicas: number;
  readonly balance: boolean;
  readonly deadline: number;
}

/** A round's question put in order. */
export interface Work {
  readonly p: ClusterParams;
  /** The instances that answer. */
  readonly seen: readonly Seen[];
  /** Those who are to stay. */
  readonly staying: readonly Member[];
  /** Whoever the others meet, and who asks for all. */
  readonly seed: Seen;
  readonly picture: Picture;
}

export function nextClusterSteps(p: ClusterParams, all: readonly Seen[]): readonly Step[] {
  const staying = p.members.filter(({ name }) => !p.leaving.includes(name));
  const seen = all.filter(({ node }) => node.says === '');
  const seed = seedOf(seen, staying);
  const count = mastersWanted(staying.length, p.replicas);
  if (count < 3)
    return [
      unmet(
        `${staying.length} instances with ${p.replicas} replicas for each master make ${count} masters, and a cluster needs at least 3; add instances, or lower redis_cluster_replicas`,
      ),
    ];
  if (seed === undefined)
    return [unmet(`no instance answers: ${all.map(({ member, node }) => `${member.name}: ${node.says}`).join('; ')}`)];
  const picture = mergedPicture(seed, seen);
  const refused = refusals(p, all, seed, picture);
  if (refused.length > 0) return refused;
  const work: Work = { p, seen, staying, seed, picture };

  const open = seen.filter(({ node }) => node.open.length > 0);
  if (open.length > 0) return mendOpen(work, open);
  const strangers = seen.filter(one => staying.includes(one.member) && !knowEachOther(one, seed));
  if (strangers.length > 0) return meet(work, strangers);
  const agreeing = seen.filter(({ at }) => work.picture.has(at));
  if (agreeing.some(({ node }) => !isSeen(work.picture, node.view))) return [waitForSame(work)];

  const masters = chooseMasters(staying, work.picture, count);
  if (masters.length < count)
    return [
      unmet(
        `${count} masters are wanted, but only ${masters.length} instances are no replicas; add instances, or raise redis_cluster_replicas`,
      ),
    ];
  const missing = missingSlots([...work.picture.values()].flatMap(({ slots }) => readSlots(slots)));
  if (missing.length > 0) {
    const given = sharesOf(count).map((share, index) => [masters[index] ?? '', commonSlots(missing, [share])] as const);
    return addSlots(work, new Map(given.filter(([, slots]) => slots.length > 0).map(([at, slots]) => [at, writeSlots(slots)])));
  }
  const replicas = [...chooseReplicas(staying, work.picture, masters)].filter(([at, of]) => work.picture.get(at)?.of !== of);
  if (replicas.length > 0) return replicate(work, new Map(replicas));
  const moves = chooseMoves(work.picture, masters, p.balance);
  if (moves.length > 0) return moveSlots(work, moves);
  const leaving = p.members.filter(({ name }) => p.leaving.includes(name)).map(atOf);
  const going = all.filter(({ at, node }) => leaving.includes(at) && (work.picture.has(at) || (node.says === '' && node.view.length > 1)));
  if (going.length > 0)
    return forget(
      work,
      going.map(({ at }) => at),
    );
  const isDone = agreeing.every(({ node }) => node.ok && node.link && node.view.every(({ state }) => state === 'ok'));
  return isDone ? [] : [waitForAll(work, work.picture, 'the cluster to be whole', true)];
}

/** Whoever knows most of a cluster that has slots; among equals the first. */
function seedOf(seen: readonly Seen[], staying: readonly Member[]): Seen | undefined {
  const weight = ({ node }: Seen): number => (mastersOf(pictureOf(node.view)).length > 0 ? 1000 : 0) + node.view.length;
  return seen.filter(({ member }) => staying.includes(member)).toSorted((a, b) => weight(b) - weight(a))[0];
}

function knowEachOther(one: Seen, seed: Seen): boolean {
  const knows = (a: Seen, b: Seen): boolean => a.node.view.some(({ at, state }) => at === b.at && state !== 'new');
  return one === seed || (knows(one, seed) && knows(seed, one));
}
