// What redis.cluster refuses, because data could be lost or nobody can know: in words, with what to do.
import { unmet } from '../../../src/index.ts';
import type { Unmet } from '../../../src/index.ts';
import type { ClusterParams } from './cluster-steps.ts';
import { atOf } from './members.ts';
import type { Seen } from './members.ts';
import { mastersOf, pictureOf } from './picture.ts';
import type { Picture } from './picture.ts';
import { missingSlots, readSlots, writeSlots } from './slots.ts';

export function refusals(p: ClusterParams, all: readonly Seen[], seed: Seen, picture: Picture): readonly Unmet[] {
  const answering = all.filter(({ node }) => node.says === '');
  const outside = answering.filter(one => !picture.has(one.at));

  const apart = outside.filter(({ node }) => mastersOf(pictureOf(node.view)).length > 0);
  if (apart.length > 0) {
    const both = [seed, ...apart].map(
      ({ member, node }) =>
        `${member.name} (slots ${mastersOf(pictureOf(node.view))
          .map(at => pictureOf(node.view).get(at)?.slots ?? '')
          .join(' ')})`,
    );
    return [
      unmet(
        `${both.join(' and ')} are clusters of their own, and each would lose keys if they were made one; decide which one stays, save what the others hold, and make these empty by hand: FLUSHALL, then CLUSTER RESET HARD`,
        apart[0]?.member.host,
      ),
    ];
  }
  const full = outside.filter(({ member, node }) => !node.empty && !p.leaving.includes(member.name));
  const [holder] = full;
  if (holder !== undefined)
    return [
      unmet(
        `${full.map(({ member }) => member.name).join(' and ')} holds keys, but is in no cluster, and would lose them by joining; move its dir away, or save what it holds and make it empty by hand: FLUSHALL`,
        holder.member.host,
      ),
    ];
  const missing = missingSlots([...picture.values()].flatMap(({ slots }) => readSlots(slots)));
  const holders = answering.filter(({ node }) => !node.empty);
  if (missing.length > 0 && holders.length > 0)
    return [
      unmet(
        `nobody serves the slots ${writeSlots(missing)}, but ${holders.map(({ member }) => member.name).join(', ')} hold keys: whoever served them is gone, and giving them out anew would hide that; bring it back, or give them out by hand: redis-cli --cluster fix ${seed.at}`,
        seed.member.host,
      ),
    ];
  const known = new Set(p.members.map(atOf));
  const foreign = [...picture.keys()].filter(at => !known.has(at));
  if (foreign.length > 0)
    return [
      unmet(
        `the cluster knows ${foreign.join(' and ')}, which the inventory does not have; put it there, its port in redis_cluster_leaving_ports if it is to leave, or, if it is gone for good, have every instance forget it by hand: redis-cli --cluster call ${seed.at} CLUSTER FORGET with its id`,
        seed.member.host,
      ),
    ];
  const quiet = all.filter(({ at, member, node }) => node.says !== '' && (!p.leaving.includes(member.name) || picture.has(at)));
  if (quiet.length === 0) return [];
  return [
    unmet(
      `${quiet.map(({ member, node }) => `${member.name} does not answer (${node.says})`).join('; ')}: a cluster is changed only while all of it can be asked`,
      quiet[0]?.member.host,
    ),
  ];
}
