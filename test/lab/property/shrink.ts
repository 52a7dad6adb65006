// Makes a sequence that fails smaller: parts are left out while it still fails.

/**
 * The smallest list found that still fails: ever smaller parts are left out, the last ones first.
 * @param budget how many attempts may be made
 */
export async function shrink<T>(
  items: readonly T[],
  fails: (items: readonly T[]) => Promise<boolean>,
  budget: number,
): Promise<readonly T[]> {
  let kept = items;
  let attempts = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1 && kept.length > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = kept.length; end > 0; end -= size) {
      if (attempts >= budget) return kept;
      const start = Math.max(0, end - size);
      const fewer = [...kept.slice(0, start), ...kept.slice(end)];
      attempts += 1;
      if (await fails(fewer)) kept = fewer;
    }
  }
  return kept;
}
