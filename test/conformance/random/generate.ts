// Random playbooks from a seed: plays with everything that bears on who does what, and in which order.
import { diceOf, type Dice } from '../../lab/property/dice.ts';
import { handlersOf } from './handlers.ts';
import { Namer } from './namer.ts';
import { nodesOf, type Place } from './nodes.ts';
import type { Scenario, Tree, TreeMap } from './tree.ts';

/** The playbook of a seed. */
export function generate(seed: number): Scenario {
  const dice = diceOf(seed);
  const count = dice.weighted([
    { weight: 6, count: 1 },
    { weight: 3, count: 2 },
    { weight: 1, count: 3 },
  ]).count;
  const namer = new Namer();
  const plays = Array.from({ length: count }, (_, index) => playOf(dice, namer, index + 1, count));
  return { plays, args: argsOf(dice) };
}

function argsOf(dice: Dice): Scenario['args'] {
  return [
    ...(dice.chance(0.14) ? [['--tags', dice.some(['a', 'b', 'c', 'never'], 0.4).join(',') || 'a']] : []),
    ...(dice.chance(0.08) ? [['--skip-tags', dice.pick(['a', 'b', 'a,c', 'always'])]] : []),
    ...(dice.chance(0.05) ? [['--limit', dice.pick(['n1,n2', 'all:!n1', 'n2,n3,n4'])]] : []),
    ...(dice.chance(0.05) ? [['--force-handlers']] : []),
  ];
}

function playOf(dice: Dice, namer: Namer, number: number, count: number): TreeMap {
  const handlers = dice.chance(0.7) ? handlersOf(dice, namer) : [];
  const place: Place = {
    dice,
    namer,
    depth: 0,
    notify: [...new Set(handlers.flatMap(({ name, listen }) => [name, listen]).filter(word => typeof word === 'string'))],
    isLoop: false,
  };
  const some = (most: number): Tree => nodesOf(place, 1 + Math.floor(Math.sqrt(dice.pick([0, 1, 2, 4, 9, 16, 25])) % most));
  const section = (name: string, chance: number): TreeMap => (dice.chance(chance) ? { [name]: some(2) } : {});
  return {
    name: `p${number}`,
    hosts: dice.pick(['all', 'all', 'all', 'all', 'n1,n2,n3', 'n2,n3,n4', 'all:!n1', 'n1,n3']),
    gather_facts: false,
    ...dice.maybe(0.25, () => ({ serial: dice.pick<Tree>([1, 2, 3, '50%', '30%', [1, 2], [1, '50%'], ['25%', 3], [2, 1]]) })),
    ...dice.maybe(0.08, () => ({ order: dice.pick(['reverse_inventory', 'sorted', 'reverse_sorted']) })),
    ...dice.maybe(0.06, () => ({ any_errors_fatal: true })),
    ...dice.maybe(0.08, () => ({ max_fail_percentage: dice.pick([0, 24, 25, 49, 50, 75]) })),
    ...dice.maybe(0.2, () => ({ force_handlers: true })),
    ...dice.maybe(0.03, () => ({ ignore_errors: true })),
    ...dice.maybe(0.08, () => ({ tags: dice.pick(['a', 'b', 'c']) })),
    ...dice.maybe(0.15, () => ({ vars: { v0: dice.pick(['a', 'b']) } })),
    ...section('pre_tasks', 0.15),
    tasks: some(count === 1 ? 6 : 4),
    ...section('post_tasks', 0.15),
    ...(handlers.length > 0 && { handlers }),
  };
}
