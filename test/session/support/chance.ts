// Choices of a fuzzed round: the same seed, the same choices.
import { seeded } from '../../support/seeded.ts';

/** A source of choices. */
export interface Chance {
  /** A whole number from `least` to `most`, both possible. */
  number(least: number, most: number): number;
  one<T>(choices: readonly T[]): T;
  /** Whether something of that likelihood comes about. */
  happens(likelihood: number): boolean;
  bytes(size: number): Buffer;
}

/** The choices of a seed. */
export function chanceOf(seed: number): Chance {
  const next = seeded(seed);
  const number = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    number,
    one: choices => {
      const chosen = choices[number(0, choices.length - 1)];
      if (chosen === undefined) throw new Error('nothing to choose from');
      return chosen;
    },
    happens: likelihood => next() < likelihood,
    bytes: size => Buffer.from(Array.from({ length: size }, () => number(0, 255))),
  };
}
