// The gate before an instance is taken down: the cluster is whole, and somebody can stand in. A master's slots are handed to its replica first.
import { change, run, sh, unmet } from '../../../src/index.ts';
import type { Change, Unmet, Wait } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { waitUntilAgreed } from './agree.ts';
import { atOf, confOf } from './members.ts';
import type { Member, Seen } from './members.ts';
import { memberOf, nameAt, pictureIn, seenIn } from './nodes-view.ts';
import type { Instance, Nodes, NodesParams } from './nodes-view.ts';
import { readings, swapped } from './picture.ts';
import type { Picture } from './picture.ts';

/** Nothing when the gate is open; what comes about by itself is waited for, the rest is refused. */
export function gate(p: NodesParams, cluster: Nodes, next: Instance): readonly (Unmet | Wait)[] {
  const seen = seenIn(p, cluster);
  const picture = pictureIn(seen);
  // A cluster that is half made, or not made, has nothing to lose.
  if (picture === undefined || (seen.every(({ node }) => node.empty) && !seen.every(({ node }) => node.ok))) return [];
  const own = picture.get(atOf(memberOf(p, next.name)));
  const [first] = seen;
  if (first === undefined || own === undefined) return [];
  if (!isWhole(seen, picture)) {
    const sets = readings(seen, picture, true);
    const all = seen.filter(({ at }) => picture.has(at)).map(({ at }) => at);
    return [
      waitUntilAgreed({
        for: 'the cluster to be whole before anybody is restarted',
        all,
        picture,
        whole: true,
        by: first.member,
        deadline: p.deadline,
        sets,
      }),
    ];
  }
  if (own.part === 'replica' || own.slots === '' || p.force || standInFor(p, cluster, next, picture) !== undefined) return [];
  return [
    unmet(
      `${next.name} has no replica that could stand in, and its slots (${own.slots}) are not served while it restarts; add a replica, or set redis_cluster_roll_force: true`,
      next.have.node.says === '' ? memberOf(p, next.name).host : undefined,
    ),
  ];
}

/** A master's slots go to its replica, which waits for the last write: nothing that was acknowledged is lost. */
export function prepare(p: NodesParams, cluster: Nodes, next: Instance): readonly (Change | Wait)[] {
  const seen = seenIn(p, cluster);
  const picture = pictureIn(seen);
  if (picture === undefined) return [];
  const master = memberOf(p, next.name);
  const replica = standInFor(p, cluster, next, picture);
  if (replica === undefined) return [];
  const after = swapped(picture, atOf(master), atOf(replica));
  return [
    change(`${replica.port} part`, 'replica', 'master', {
      actions: [
        run(
          sh`${asking(confOf(replica))}${FAILOVER}
fail_over ${atOf(replica)}`,
          { timeout: p.deadline },
        ),
      ],
      sets: [],
      touches: [],
      on: replica.host,
    }),
    waitUntilAgreed({
      for: `all to see that ${replica.name} took over from ${next.name}`,
      all: seen.filter(({ at }) => after.has(at)).map(({ at }) => at),
      picture: after,
      whole: true,
      by: replica,
      deadline: p.deadline,
      sets: readings(seen, after, true),
    }),
  ];
}

/** `fail_over address:port`: an attempt is over after five seconds, and may be made again. */
export const FAILOVER = sh`
role_of() { cli "$1" role | sed -n 1p; }
fail_over() {
  for attempt in 1 2 3 4 5; do
    [ "$(role_of "$1")" = master ] && return 0
    said=$(cli "$1" cluster failover)
    tries=0
    while [ $tries -lt 60 ]; do
      [ "$(role_of "$1")" = master ] && return 0
      tries=$((tries + 1))
      sleep 0.1
    done
  done
  echo "$1 did not take over: $said" >&2
  return 1
}`;

function isWhole(seen: readonly Seen[], picture: Picture): boolean {
  return seen
    .filter(({ at }) => picture.has(at))
    .every(
      ({ node }) => node.says === '' && node.ok && node.link && node.open.length === 0 && node.view.every(({ state }) => state === 'ok'),
    );
}

/** A connected replica, on another host if there is one; undefined for who has nothing to hand over. */
function standInFor(p: NodesParams, cluster: Nodes, { name }: Instance, picture: Picture): Member | undefined {
  const member = memberOf(p, name);
  const own = picture.get(atOf(member));
  if (own === undefined || own.part !== 'master' || own.slots === '') return undefined;
  const able = seenIn(p, cluster).filter(({ at, node }) => picture.get(at)?.of === atOf(member) && node.says === '' && node.link);
  return (able.find(one => one.member.host !== member.host) ?? able[0])?.member;
}

/** The masters in words. */
export function namesAt(p: NodesParams, all: readonly string[]): string {
  return all
    .map(at => nameAt(p, at))
    .toSorted()
    .join(' ');
}
