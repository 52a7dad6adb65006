// Choices from a seed: what the generator of call sequences throws.
import { seeded } from '../../support/seeded.ts';

/** A source of choices; the same seed gives the same ones. */
export interface Dice {
  readonly chance: (probability: number) => boolean;
  /** One of them. @throws Error when there is none */
  readonly pick: <T>(items: readonly T[]) => T;
  /** Each with this probability, in their order. */
  readonly some: <T>(items: readonly T[], probability: number) => readonly T[];
  /** One of them, by weight. */
  readonly weighted: <T extends { readonly weight: number }>(items: readonly T[]) => T;
  /** The value, or nothing: to be spread into an object. */
  readonly maybe: <T extends object>(probability: number, make: () => T) => T | undefined;
}

/** Dice for a seed. */
export function diceOf(seed: number): Dice {
  const next = seeded(seed);
  const chance = (probability: number): boolean => next() < probability;
  return {
    chance,
    pick: items => at(items, Math.floor(next() * items.length)),
    some: (items, probability) => items.filter(() => chance(probability)),
    weighted: items => {
      let left = next() * items.reduce((sum, item) => sum + item.weight, 0);
      return items.find(item => (left -= item.weight) < 0) ?? at(items, items.length - 1);
    },
    maybe: (probability, make) => (chance(probability) ? make() : undefined),
  };
}

function at<T>(items: readonly T[], index: number): T {
  const found = items[index];
  if (found === undefined) throw new Error('there is nothing to choose from');
  return found;
}
