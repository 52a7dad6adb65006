// Tasks and blocks of random plays.
import type { Dice } from '../../lab/property/dice.ts';
import type { Namer } from './namer.ts';
import { without, type Tree, type TreeMap } from './tree.ts';
import { conditionOf, HOSTS, onMostHosts, textOf, type Names } from './words.ts';

/** Where in a playbook something is made. */
export interface Place {
  readonly dice: Dice;
  readonly namer: Namer;
  readonly depth: number;
  /** What can be notified. */
  readonly notify: readonly string[];
  /** There is an item. */
  readonly isLoop: boolean;
}

/** So many of them. */
export function nodesOf(place: Place, count: number): readonly TreeMap[] {
  return Array.from({ length: count }, () => nodeOf(place));
}

function nodeOf(place: Place): TreeMap {
  const { dice, depth } = place;
  const nested = depth < 2 ? 1 : depth < 3 ? 0.3 : 0;
  return dice
    .weighted([
      { weight: 4, make: sayTask },
      { weight: place.notify.length > 0 ? 4 : 0.5, make: changingTask },
      { weight: 3, make: failingTask },
      { weight: 1.5, make: settingTask },
      { weight: 1.5, make: judgedTask },
      { weight: 1.2, make: loopingTask },
      { weight: 0.6, make: retriedTask },
      { weight: 3.5 * nested, make: blockNode },
      { weight: 1.4 * nested, make: fileNode },
      { weight: 1.6, make: metaTask },
    ])
    .make(place);
}

function sayTask(place: Place): TreeMap {
  return { name: place.namer.next('t'), debug: { msg: textOf(place.dice, namesOf(place)) }, ...keywords(place) };
}

function changingTask(place: Place): TreeMap {
  const { dice } = place;
  const changed = dice.chance(0.7) ? true : conditionOf(dice, namesOf(place));
  return { name: place.namer.next('t'), debug: { msg: 'x' }, changed_when: changed, ...notifies(place, 0.9), ...keywords(place) };
}

function failingTask(place: Place): TreeMap {
  return { name: place.namer.next('t'), assert: { that: [onMostHosts(place.dice)] }, ...keywords(place) };
}

function settingTask(place: Place): TreeMap {
  const { dice, namer } = place;
  const name = namer.next('t');
  const value = dice.pick<Tree>(['a', 'b', '{{ inventory_hostname }}', textOf(dice, namesOf(place))]);
  return {
    name,
    set: { [namer.some('variables', 'v', dice.pick([0, 1, 2]))]: value },
    ...keywords(place),
    ...dice.maybe(0.15, () => ({ delegate_to: dice.pick(HOSTS), delegate_facts: true })),
  };
}

function judgedTask(place: Place): TreeMap {
  const { dice } = place;
  const judged = {
    failed_when: dice.chance(0.3) ? [onMostHosts(dice), conditionOf(dice, namesOf(place))] : conditionOf(dice, namesOf(place)),
  };
  const changed = { changed_when: conditionOf(dice, namesOf(place)) };
  const fails = dice.chance(0.3) ? { assert: { that: [onMostHosts(dice)] } } : { debug: { msg: 'x' } };
  return {
    name: place.namer.next('t'),
    ...fails,
    ...(dice.chance(0.6) ? judged : changed),
    ...(dice.chance(0.3) && changed),
    ...notifies(place, 0.4),
    ...keywords(place),
  };
}

function loopingTask(place: Place): TreeMap {
  const { dice } = place;
  const names: Names = { ...namesOf(place), isLoop: true };
  return {
    name: place.namer.next('t'),
    ...(dice.chance(0.25)
      ? { assert: { that: [dice.pick(['item != 2', 'item < 3', 'item > 0'])] } }
      : { debug: { msg: textOf(dice, names) } }),
    loop: dice.pick<Tree>([[1, 2], [1, 2, 3], [1, 2, 3], []]),
    ...dice.maybe(0.3, () => ({ changed_when: conditionOf(dice, names) })),
    ...dice.maybe(0.2, () => ({ failed_when: conditionOf(dice, names) })),
    ...dice.maybe(0.1, () => ({ loop_control: { break_when: ['item == 2'] } })),
    ...notifies(place, 0.4),
    ...keywords({ ...place, isLoop: true }),
  };
}

function retriedTask(place: Place): TreeMap {
  const { dice, namer } = place;
  const name = namer.next('t');
  const result = namer.some('registered', 'r', dice.pick([1, 2, 3]));
  const until = dice.pick<Tree>([`${result}.attempts == 2`, `${result}.attempts == 3`, conditionOf(dice, namesOf(place))]);
  return {
    ...keywords(place),
    name,
    ...(dice.chance(0.3) ? { assert: { that: [onMostHosts(dice)] } } : { debug: { msg: 'x' } }),
    until,
    retries: dice.pick([0, 1, 2]),
    delay: 0,
    register: result,
    ...notifies(place, 0.2),
  };
}

function blockNode(place: Place): TreeMap {
  const { dice, namer } = place;
  const inner = { ...place, depth: place.depth + 1 };
  const list = (most: number): readonly TreeMap[] => nodesOf(inner, dice.pick([1, 1, 2, most]));
  return {
    name: namer.next('b'),
    block: list(3),
    ...dice.maybe(0.6, () => ({ rescue: list(2) })),
    ...dice.maybe(0.45, () => ({ always: list(2) })),
    ...keywords(place, 0.6),
    ...notifies(place, 0.1),
  };
}

function fileNode(place: Place): TreeMap {
  const { dice, namer } = place;
  const file = `${namer.next('f')}.yml`;
  const tasks = nodesOf({ ...place, depth: place.depth + 1 }, dice.pick([1, 1, 2, 3]));
  const isIncluded = dice.chance(0.6);
  const words = without(keywords(place, 0.8), ['delegate_to']);
  return {
    name: namer.next('i'),
    [isIncluded ? 'include_tasks' : 'import_tasks']: { file, tasks },
    // An include says nothing of these for its tasks, and Ansible has no place for them there.
    ...(isIncluded ? without(words, ['run_once', 'ignore_errors', 'any_errors_fatal']) : words),
  };
}

function metaTask({ dice, namer, ...place }: Place): TreeMap {
  const { action } = dice.weighted([
    { weight: 5, action: 'flush_handlers' },
    { weight: 3, action: 'end_host' },
    { weight: 1, action: 'end_play' },
    { weight: 1, action: 'end_batch' },
    { weight: 1.5, action: 'clear_host_errors' },
    { weight: 1, action: 'noop' },
  ]);
  const asks = action.startsWith('end') ? 0.9 : 0.15;
  return {
    name: namer.next('m'),
    meta: action,
    ...dice.maybe(asks, () => ({ when: conditionOf(dice, namesOf({ dice, namer, ...place })) })),
    ...dice.maybe(0.08, () => ({ tags: tagOf(dice) })),
  };
}

/** What any task may have. @param share of the usual chances */
function keywords(place: Place, share = 1): TreeMap {
  const { dice, namer } = place;
  const names = namesOf(place);
  return {
    ...dice.maybe(0.25 * share, () => ({
      when: dice.chance(0.2) ? [conditionOf(dice, names), conditionOf(dice, names)] : conditionOf(dice, names),
    })),
    ...dice.maybe(0.14 * share, () => ({ tags: tagOf(dice) })),
    ...dice.maybe(0.1 * share, () => ({ ignore_errors: true })),
    ...dice.maybe(0.06 * share, () => ({ run_once: true })),
    ...dice.maybe(0.03 * share, () => ({ any_errors_fatal: true })),
    ...dice.maybe(0.08 * share, () => ({ vars: { [dice.pick(['v0', 'v1'])]: dice.pick(['a', 'b', 'c']) } })),
    ...(share === 1 && dice.maybe(0.25, () => ({ register: namer.some('registered', 'r', dice.pick([1, 2, 3])) }))),
    ...dice.maybe(0.05 * share, () => ({ delegate_to: dice.pick(HOSTS) })),
  };
}

function notifies({ dice, notify }: Place, chance: number): TreeMap {
  if (notify.length === 0 || !dice.chance(chance)) return {};
  const some = dice.some(notify, 0.4);
  return { notify: some.length > 0 ? some : dice.pick(notify) };
}

function tagOf(dice: Dice): Tree {
  return dice.pick<Tree>(['a', 'b', 'c', ['a', 'b'], 'always', 'never', ['never', 'a']]);
}

function namesOf({ namer, isLoop }: Place): Names {
  return { registered: namer.registered, variables: namer.variables, isLoop };
}
