// The gate after instances were started or one was restarted: each answers, and where there is a cluster, all see it whole.
import { listed, sh, unknown, waitFor } from '../../../src/index.ts';
import type { FactSet, Wait } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { waitUntilAgreed } from './agree.ts';
import { confOf, hostsOf, nodeOf } from './members.ts';
import type { Seen } from './members.ts';
import { memberOf, pictureIn, seenIn } from './nodes-view.ts';
import type { Instance, Nodes, NodesParams } from './nodes-view.ts';
import { aloneAt, placed, readings } from './picture.ts';
import type { Picture } from './picture.ts';
import { commonSlots, readSlots } from './slots.ts';

export function settle(p: NodesParams, cluster: Nodes, names: readonly string[]): readonly Wait[] {
  const seen = seenIn(p, cluster);
  const waiting = seen.filter(({ member }) => names.includes(member.name));
  // The one that has had its turn is asked by itself: what it says comes back with its restart.
  const first = waiting.find(({ member }) => member.name === names[0]);
  if (first === undefined) return [];
  const picture = pictureIn(seen);
  if (picture === undefined) return answersOf(p, waiting, false);
  const comers = cluster.present.filter(({ state, have }) => state !== 'running' || have.node.says !== '').map(({ name }) => name);
  const coming = waiting.filter(({ member }) => comers.includes(member.name));
  const after = afterComing(seen, comers, picture);
  const isWhole = cluster.away.length === 0 && seen.every(({ at }) => after.has(at));
  return [
    ...answersOf(p, coming, true),
    waitUntilAgreed({
      for: `${comers.length > 0 ? listed(comers) : first.member.name} to be back, and all to see the cluster whole`,
      all: seen.filter(({ at }) => after.has(at)).map(({ at }) => at),
      // Who takes over from whom meanwhile is theirs to decide.
      ...(isWhole && comers.length === 0 && { picture: after }),
      whole: true,
      by: first.member,
      deadline: p.deadline,
      sets: readings(seen, after, true).map((set): FactSet => ({ ...set, standsIn: comers.length > 0 })),
    }),
  ];
}

/** While it starts an instance serves nobody. */
export function starting(p: NodesParams, { name }: Instance): readonly FactSet[] {
  const silent = nodeOf(memberOf(p, name)).with({ says: 'it starts', link: false, ok: false }, `${name} serves nobody while it starts`);
  // It may answer by the time it is looked at.
  return [{ ...silent, standsIn: true }];
}

function answersOf(p: NodesParams, waiting: readonly Seen[], isFormed: boolean): readonly Wait[] {
  return hostsOf(waiting.map(({ member }) => member)).map(host => {
    const here = waiting.filter(({ member }) => member.host === host);
    const [first] = here;
    return waitFor({
      for: `${listed(here.map(({ member }) => member.name))} to answer`,
      until: sh`${asking(first === undefined ? '' : confOf(first.member))}
for each in ${here.map(({ at }) => at)}; do
  said=$(cli "$each" ping)
  [ "$said" = PONG ] || { echo "$each: $said"; systemctl show -p ActiveState -p SubState -- "redis@\${each##*:}.service"; journalctl -u "redis@\${each##*:}.service" -n 3 -o cat --no-pager 2>/dev/null; exit 1; }
done`,
      deadline: p.deadline,
      sets: here.map(one => firstWords(one, isFormed)),
      on: host,
    });
  });
}

/** What an instance says first. Where there is a cluster, the wait behind this one knows more. */
function firstWords({ member, at, node }: Seen, isFormed: boolean): FactSet {
  if (isFormed) return { ...nodeOf(member).with({ says: '' }), standsIn: true };
  if (node.view.length < 2) return nodeOf(member).with(aloneAt(at));
  // What it knew before it was stopped, it reads again; how that has changed shows then.
  return nodeOf(member).becomes(unknown(`what ${member.name} knows of the cluster shows when it runs`) as never);
}

/** A master that comes back to slots that another one has by now is that one's replica. */
function afterComing(seen: readonly Seen[], comers: readonly string[], picture: Picture): Picture {
  return seen
    .filter(({ member }) => comers.includes(member.name))
    .reduce((after, { at, node }) => {
      const entry = after.get(at);
      const had = readSlots(node.view.find(one => one.at === at)?.slots ?? '');
      if (entry === undefined || entry.part === 'replica' || entry.slots !== '' || had.length === 0) return after;
      const heir = [...after].find(([, { slots }]) => commonSlots(readSlots(slots), had).length > 0)?.[0];
      return heir === undefined ? after : placed(after, { [at]: { part: 'replica', of: heir } });
    }, picture);
}
