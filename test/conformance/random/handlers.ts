// Handlers of random plays: that listen, that notify others, that fail on some hosts.
import type { Dice } from '../../lab/property/dice.ts';
import type { Namer } from './namer.ts';
import type { TreeMap } from './tree.ts';
import { conditionOf, onMostHosts, textOf } from './words.ts';

/** One to three. */
export function handlersOf(dice: Dice, namer: Namer): readonly TreeMap[] {
  const names = Array.from({ length: dice.pick([1, 2, 2, 3]) }, () => namer.next('h'));
  return names.map(name => {
    const fails = dice.chance(0.15);
    const changes = !fails && dice.chance(0.3);
    return {
      name,
      ...(fails ? { assert: { that: [onMostHosts(dice)] } } : { debug: { msg: textOf(dice, namer) } }),
      ...dice.maybe(0.3, () => ({ listen: dice.pick(['topic', 'other topic']) })),
      ...(changes && { changed_when: true, notify: dice.pick(names) }),
      ...dice.maybe(0.2, () => ({ when: conditionOf(dice, namer) })),
      ...dice.maybe(0.05, () => ({ tags: dice.pick(['a', 'never']) })),
      ...dice.maybe(0.05, () => ({ run_once: true })),
      ...dice.maybe(0.05, () => ({ ignore_errors: true })),
      ...dice.maybe(0.05, () => ({ any_errors_fatal: true })),
    };
  });
}
