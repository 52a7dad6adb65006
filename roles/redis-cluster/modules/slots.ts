// The 16384 slots as ranges: read from and written as Redis has them, counted, cut, joined.

/** From and to, both included. */
export type Range = readonly [number, number];

export const SLOTS = 16384;

/** `0-5460 6000` as ranges. */
export function readSlots(text: string): readonly Range[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map(word => {
      const [from = '0', to = from] = word.split('-');
      return [Number(from), Number(to)];
    });
}

/** Ranges as Redis writes them. */
export function writeSlots(ranges: readonly Range[]): string {
  return join(ranges)
    .map(([from, to]) => (from === to ? String(from) : `${from}-${to}`))
    .join(' ');
}

export function countSlots(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** Ascending, without gaps between neighbours. */
export function join(ranges: readonly Range[]): readonly Range[] {
  return ranges
    .toSorted(([a], [b]) => a - b)
    .reduce<readonly Range[]>((done, [from, to]) => {
      const last = done.at(-1);
      return last !== undefined && from <= last[1] + 1 ? [...done.slice(0, -1), [last[0], Math.max(last[1], to)]] : [...done, [from, to]];
    }, []);
}

/** The lowest so many, and the rest: those are what `redis-cli --cluster reshard` takes from one source. */
export function takeLowest(ranges: readonly Range[], count: number): readonly [readonly Range[], readonly Range[]] {
  let left = count;
  const taken: Range[] = [];
  const rest: Range[] = [];
  for (const [from, to] of join(ranges)) {
    const here = Math.min(left, to - from + 1);
    if (here > 0) taken.push([from, from + here - 1]);
    if (from + here <= to) rest.push([from + here, to]);
    left -= here;
  }
  return [taken, rest];
}

/** What is in none of these. */
export function missingSlots(ranges: readonly Range[]): readonly Range[] {
  const ends = [...join(ranges), [SLOTS, SLOTS] as const];
  return ends.flatMap(([from], index): readonly Range[] => {
    const after = (ends[index - 1]?.[1] ?? -1) + 1;
    return after < from ? [[after, from - 1]] : [];
  });
}

/** What is in both. */
export function commonSlots(a: readonly Range[], b: readonly Range[]): readonly Range[] {
  return a.flatMap(([from, to]) =>
    b.flatMap(([low, high]): readonly Range[] =>
      Math.max(from, low) <= Math.min(to, high) ? [[Math.max(from, low), Math.min(to, high)]] : [],
    ),
  );
}

/** The share of each of so many masters, as near to equal as can be. */
export function sharesOf(masters: number): readonly Range[] {
  const start = (index: number): number => Math.round((index * SLOTS) / masters);
  return Array.from({ length: masters }, (_, index) => [start(index), start(index + 1) - 1]);
}
