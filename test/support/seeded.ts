// Random numbers that can be had again: the same seed, the same numbers.

/** A source of numbers from 0 to 1, the one excluded (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run of the tests: SEED from the environment, or a new one. To be named by whatever fails. */
export function seedOfThisRun(): number {
  return Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
}
