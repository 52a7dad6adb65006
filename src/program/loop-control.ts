// How a loop is gone through, as it was written and as the Program has it.
import type { Located, LoopControlSource } from '../load/types.ts';
import { nodeFromYaml } from './node.ts';
import type { Condition, LoopControl } from './types.ts';

/** Without loop_control an item is called `item`. */
export function loopControlFrom(source: LoopControlSource): LoopControl {
  return {
    variable: source.variable ?? 'item',
    ...(source.indexVariable !== undefined && { indexVariable: source.indexVariable }),
    ...(source.label && { label: nodeFromYaml(source.label) }),
    ...(source.pause && { pause: nodeFromYaml(source.pause) }),
    extended: source.extended,
    breakWhen: conditionsFrom(source.breakWhen),
  };
}

/** Conditions with where they stand. */
export function conditionsFrom(conditions: readonly Located<string>[]): readonly Condition[] {
  return conditions.map(({ value, at }) => ({ text: value, at }));
}

/** What is named in a loop. */
export function loopNames(control: LoopControl | undefined): readonly string[] {
  return [
    control?.variable ?? 'item',
    'loop',
    ...(control?.indexVariable === undefined ? [] : [control.indexVariable]),
    ...(control?.extended === true ? ['ansible_loop'] : []),
  ];
}
