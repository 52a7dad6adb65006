// What an archive may grow to: one that grows without measure is refused while it is read, before a disk is full of it.
import { UnsafeArchiveError } from './entries.ts';

/** How far an archive is followed. */
export interface GrowthLimits {
  /** Bytes that any archive may unpack to. */
  readonly free: number;
  /** Beyond that: how many times its own size. gzip reaches a thousand with zeros; programs and text stay below twenty. */
  readonly times: number;
  readonly entries: number;
}

export const GROWTH_LIMITS: GrowthLimits = Object.freeze({ free: 1024 ** 3, times: 200, entries: 1_000_000 });

/** Keeps count while an archive is read. */
export interface Growth {
  /** @throws UnsafeArchiveError when there are too many */
  readonly entry: () => void;
  /** @throws UnsafeArchiveError when it grows beyond measure */
  readonly bytes: (count: number) => void;
}

/** Begins to count. @param packed the size of the archive in bytes */
export function watchGrowth(packed: number, { free, times, entries }: GrowthLimits = GROWTH_LIMITS): Growth {
  const most = Math.max(free, packed * times);
  let [unpacked, counted] = [0, 0];
  return {
    entry: () => {
      counted += 1;
      if (counted > entries) throw new UnsafeArchiveError(`the archive has more than ${entries} entries, which nobody means to unpack`);
    },
    bytes: count => {
      unpacked += count;
      if (unpacked <= most) return;
      const words = `the archive has ${packed} bytes and unpacks to more than ${most}, as those do that are made to fill a disk`;
      throw new UnsafeArchiveError(`${words}; if it is meant so, pack it without the zeros`);
    },
  };
}
