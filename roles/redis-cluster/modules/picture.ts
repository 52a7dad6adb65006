// The cluster as one picture: who is in it, each one's part and slots. Steps turn one picture into the next, and waits hold it against every instance.
import type { FactSet } from '../../../src/index.ts';
import type { NodeState, SeenNode } from '../facts/types.ts';
import { nodeOf } from './members.ts';
import type { Seen } from './members.ts';
import { countSlots, readSlots } from './slots.ts';

/** What all must agree on. */
export interface Placed {
  readonly part: 'master' | 'replica';
  readonly of: string;
  readonly slots: string;
}

/** By `address:port`. */
export type Picture = ReadonlyMap<string, Placed>;

/** The picture that one instance has. */
export function pictureOf(view: readonly SeenNode[]): Picture {
  return new Map(view.map(node => [node.at, placeOf(node)]));
}

/**
 * The picture that those who answer have together: what each says of itself counts for it, since news takes a moment to get about.
 * It holds all who know the seed or whom it knows, over others as well.
 */
export function mergedPicture(seed: Seen, seen: readonly Seen[]): Picture {
  const picture = new Map(pictureOf(seed.node.view));
  const answering = seen.filter(({ node }) => node.says === '');
  for (let size = -1; size !== picture.size;) {
    size = picture.size;
    for (const { at, node } of answering) {
      if (!picture.has(at) && !node.view.some(one => picture.has(one.at))) continue;
      for (const one of node.view) if (!picture.has(one.at)) picture.set(one.at, placeOf(one));
    }
  }
  for (const { at, node } of answering) {
    const own = node.view.find(one => one.at === at);
    if (own !== undefined && picture.has(at)) picture.set(at, placeOf(own));
  }
  return picture;
}

function placeOf({ part, of, slots }: SeenNode): Placed {
  return { part, of, slots };
}

/** The same picture with some placed otherwise. */
export function placed(picture: Picture, changes: Readonly<Record<string, Partial<Placed>>>): Picture {
  const next = new Map(picture);
  for (const [at, change] of Object.entries(changes))
    next.set(at, { ...(next.get(at) ?? { part: 'master', of: '', slots: '' }), ...change });
  return next;
}

/** Two change places: a replica takes over from its master, whose other replicas follow. */
export function swapped(picture: Picture, master: string, replica: string): Picture {
  const slots = picture.get(master)?.slots ?? '';
  const others = [...picture].filter(([at, node]) => node.of === master && at !== replica).map(([at]) => [at, { of: replica }] as const);
  return placed(picture, {
    ...Object.fromEntries(others),
    [master]: { part: 'replica', of: replica, slots: '' },
    [replica]: { part: 'master', of: '', slots },
  });
}

/** Masters that have slots, in the order of their addresses. */
export function mastersOf(picture: Picture): readonly string[] {
  return [...picture].filter(([, { part, slots }]) => part === 'master' && slots !== '').map(([at]) => at);
}

export function slotCount(picture: Picture, at: string): number {
  return countSlots(readSlots(picture.get(at)?.slots ?? ''));
}

/** Whether a picture is what an instance sees; states aside. */
export function isSeen(picture: Picture, view: readonly SeenNode[]): boolean {
  const sees = pictureOf(view);
  return (
    sees.size === picture.size &&
    [...picture].every(([at, { part, of, slots }]) => {
      const other = sees.get(at);
      return other !== undefined && other.part === part && other.of === of && other.slots === slots;
    })
  );
}

/** What instances read once all of them have the picture. Whoever is in it no more has met nobody. */
export function readings(seen: readonly Seen[], picture: Picture, ok: boolean, assumed?: string): readonly FactSet[] {
  const view = [...picture].map(([at, node]): SeenNode => ({ at, ...node, state: 'ok' })).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return seen.map(({ member, at }) => {
    const own = picture.get(at);
    const read: Partial<NodeState> =
      own === undefined ? aloneAt(at) : { says: '', part: own.part, of: own.of, link: true, ok, open: [], view };
    return nodeOf(member).with(read, assumed);
  });
}

/** An instance that has met nobody. */
export function aloneAt(at: string): Omit<NodeState, 'empty'> {
  return {
    says: '',
    part: 'master',
    of: '',
    link: true,
    ok: false,
    open: [],
    view: [{ at, part: 'master', of: '', slots: '', state: 'ok' }],
  };
}
