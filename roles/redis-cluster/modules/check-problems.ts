// What is wrong with a cluster, in words, the cause before what follows from it.
import { listed } from '../../../src/index.ts';
import type { Seen } from './members.ts';
import { mastersOf, mergedPicture } from './picture.ts';
import { missingSlots, readSlots, writeSlots } from './slots.ts';

export interface Problem {
  readonly words: string;
  /** The host. */
  readonly on: string;
}

export function problemsOf(seen: readonly Seen[], replicas: number): readonly Problem[] {
  const silent = seen.filter(({ node }) => node.says !== '').map(({ member, node }) => problem(member, `does not answer (${node.says})`));
  const answering = seen.filter(({ node }) => node.says === '');
  return [...silent, ...apartProblems(answering), ...ownProblems(seen, answering), ...spreadProblems(seen, answering, replicas)];
}

/** Instances that do not know the others. */
function apartProblems(answering: readonly Seen[]): readonly Problem[] {
  const groups = new Map<string, Seen[]>();
  for (const one of answering) {
    const key = one.node.view.map(({ at }) => at).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  if (groups.size < 2) return [];
  const [biggest, ...others] = [...groups.values()].toSorted((a, b) => b.length - a.length);
  return others.map(group => {
    const [first] = group;
    if (first === undefined || biggest === undefined) throw new Error('a group of nobody');
    const alone = first.node.view.length === 1;
    const slots = first.node.view
      .map(node => node.slots)
      .filter(text => text !== '')
      .join(' ');
    const whose = alone
      ? `is a cluster of its own${slots === '' ? '' : `, with the slots ${slots}`}`
      : `know ${first.node.view.length} instances`;
    return problem(
      first.member,
      `${whose}, while ${listed(biggest.map(({ member }) => member.name))} ${biggest.length > 1 ? 'know' : 'knows'} ${biggest[0]?.node.view.length ?? 0}`,
      listed(group.map(({ member }) => member.name)),
    );
  });
}

/** What an instance says of the cluster, and of itself. */
function ownProblems(all: readonly Seen[], answering: readonly Seen[]): readonly Problem[] {
  const named = (at: string): string => all.find(one => one.at === at)?.member.name ?? at;
  const failing = new Map<string, Seen[]>();
  for (const one of answering)
    for (const { at, state } of one.node.view)
      if (state === 'fail' || state === 'fail?') failing.set(at, [...(failing.get(at) ?? []), one]);
  const missing = new Map<string, Seen[]>();
  for (const one of answering) {
    const slots = writeSlots(missingSlots(one.node.view.flatMap(node => readSlots(node.slots))));
    if (slots !== '') missing.set(slots, [...(missing.get(slots) ?? []), one]);
  }
  const broken = answering.filter(({ node }) => !node.ok);
  const first = (seers: readonly Seen[]): Seen['member'] => seers[0]?.member ?? { ...(all[0]?.member as Seen['member']) };
  return [
    ...(broken.length === 0
      ? []
      : [problem(first(broken), 'cluster_state is not ok', `on ${listed(broken.map(({ member }) => member.name))}`)]),
    ...[...missing].map(([slots, seers]) =>
      problem(first(seers), `nobody serves the slots ${slots}`, `as ${listed(seers.map(({ member }) => member.name))} sees it`),
    ),
    ...[...failing].map(([at, seers]) =>
      problem(first(seers), `${named(at)} fails`, `as ${listed(seers.map(({ member }) => member.name))} sees it`),
    ),
    ...answering
      .filter(({ node }) => node.open.length > 0)
      .map(({ member, node }) => problem(member, `has half moved slots (${node.open.join(', ')})`)),
    ...answering.filter(({ node }) => !node.link).map(({ member, node }) => problem(member, `has no link to its master ${named(node.of)}`)),
  ];
}

/** Replicas: enough, and apart from their masters. */
function spreadProblems(all: readonly Seen[], answering: readonly Seen[], replicas: number): readonly Problem[] {
  const [seer] = answering.toSorted((a, b) => b.node.view.length - a.node.view.length);
  if (seer === undefined) return [];
  const picture = mergedPicture(seer, answering);
  const at = (place: string): Seen | undefined => all.find(one => one.at === place);
  const isSpread = new Set(all.map(({ member }) => member.host)).size > 1;
  const together = [...picture].flatMap(([place, { of }]) => {
    const [replica, master] = [at(place), at(of)];
    if (!isSpread || replica === undefined || master === undefined || replica.member.host !== master.member.host) return [];
    return [problem(replica.member, `is the replica of ${master.member.name}, on the same host: both would be gone with it`)];
  });
  const lacking = mastersOf(picture).flatMap(master => {
    const count = [...picture.values()].filter(({ of }) => of === master).length;
    const one = at(master);
    return one === undefined || count >= replicas ? [] : [problem(one.member, `has ${count} of ${replicas} replicas`)];
  });
  return [...together, ...lacking];
}

function problem({ name, host }: { readonly name: string; readonly host: string }, words: string, who = name): Problem {
  return { words: who === name || !/^(?:on|as) /.test(who) ? `${who} ${words}` : `${words}, ${who}`, on: host };
}
