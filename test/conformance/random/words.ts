// Conditions and texts that both engines understand in the same way, each in its own words.
import type { Dice } from '../../lab/property/dice.ts';
import type { Pair, Tree } from './tree.ts';

export const HOSTS = ['n1', 'n2', 'n3', 'n4'] as const;

/** What a place in a playbook may speak of. */
export interface Names {
  /** Results that a task before may have registered. */
  readonly registered: readonly string[];
  /** Variables that a task before may have set. */
  readonly variables: readonly string[];
  /** There is an item. */
  readonly isLoop?: boolean;
}

/** A condition on the host, an item, a result or a variable. */
export function conditionOf(dice: Dice, { registered, variables, isLoop = false }: Names): Tree {
  const makers = [
    { weight: 5, make: () => onHosts(dice) },
    { weight: 0.7, make: () => dice.chance(0.5) },
    ...(registered.length > 0 ? [{ weight: 3, make: () => onResult(dice, dice.pick(registered)) }] : []),
    ...(variables.length > 0 ? [{ weight: 2, make: () => onVariable(dice, dice.pick(variables)) }] : []),
    ...(isLoop ? [{ weight: 6, make: () => dice.pick(['item == 2', 'item != 1', 'item > 1']) }] : []),
  ];
  return dice.weighted(makers).make();
}

/** A condition that fails on few hosts. */
export function onMostHosts(dice: Dice): Tree {
  const host = dice.pick(HOSTS);
  return dice.chance(0.2) ? onHosts(dice) : `inventory_hostname != '${host}'`;
}

function onHosts(dice: Dice): string {
  const some = dice.some(HOSTS, 0.5);
  const host = dice.pick(HOSTS);
  if (dice.chance(0.3)) return `inventory_hostname == '${host}'`;
  return dice.chance(0.4) ? `inventory_hostname != '${host}'` : `inventory_hostname in [${some.map(name => `'${name}'`).join(', ')}]`;
}

function onResult(dice: Dice, name: string): Pair {
  const word = dice.pick(['failed', 'changed', 'skipped']);
  return dice.chance(0.6)
    ? { tsplay: `has(${name}) && ${name}.${word}`, ansible: `${name} is defined and ${name} is ${word}` }
    : { tsplay: `!has(${name}) || !${name}.${word}`, ansible: `${name} is not defined or ${name} is not ${word}` };
}

function onVariable(dice: Dice, name: string): Pair {
  if (dice.chance(0.4)) return { tsplay: `has(${name})`, ansible: `${name} is defined` };
  return { tsplay: `default(${name}, "") == "b"`, ansible: `${name} | default('') == 'b'` };
}

/** A text that shows what a name holds, or that it holds nothing. */
export function textOf(dice: Dice, { registered, variables, isLoop = false }: Names): Tree {
  const name = variables.length > 0 && dice.chance(0.7) ? dice.pick(variables) : undefined;
  if (isLoop && dice.chance(0.5)) return '{{ item }}';
  if (name !== undefined) return { tsplay: `{{default ${name} "none"}}`, ansible: `{{ ${name} | default('none') }}` };
  if (registered.length > 0 && dice.chance(0.5)) {
    const result = dice.pick(registered);
    const word = dice.pick(['changed', 'failed', 'skipped']);
    return { tsplay: `{{default ${result}.${word} false}}`, ansible: `{{ (${result} | default({})) is ${word} }}` };
  }
  return dice.chance(0.2) ? '{{ inventory_hostname }}' : 'x';
}
