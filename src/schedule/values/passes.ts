// Passes through loops: what is named while an item has its turn, and which one it is. Blocks and tasks loop alike.
import type { LoopControl } from '../../program/types.ts';
import { unknownsIn, type Value } from '../../util/value.ts';

/** One pass: through a block's loop, a task's, or both. */
export interface Pass {
  /** What is named in it. */
  readonly values: Readonly<Record<string, Value>>;
  /** Undefined where there is no loop. */
  readonly item?: { readonly shown: string; readonly index: number };
}

/** Without a loop there is one. */
export const ONCE: Pass = Object.freeze({ values: Object.freeze({}) });

/** A loop within a loop counts on: no list is that long. */
const MOST_ITEMS = 1_000_000;

/** A pass for each item, within one of the loop around it: the item is named, and `loop` is its place among the others. */
export function passesOf(items: readonly Value[], around: Pass, control?: LoopControl): readonly Pass[] {
  return items.map((item, index) => ({
    values: { ...around.values, ...namesFor(items, item, index, control) },
    item: {
      shown: shownWithin(around, item),
      index: around.item === undefined ? index : around.item.index * MOST_ITEMS + index,
    },
  }));
}

/** The same pass, with an item that is shown as something else. */
export function shownAs(pass: Pass, around: Pass, label: Value): Pass {
  return pass.item === undefined ? pass : { ...pass, item: { ...pass.item, shown: shownWithin(around, label) } };
}

function shownWithin(around: Pass, item: Value): string {
  return around.item === undefined ? shortItem(item) : `${around.item.shown} / ${shortItem(item)}`;
}

function namesFor(items: readonly Value[], item: Value, index: number, control: LoopControl | undefined): Pass['values'] {
  const { length } = items;
  const ends = { first: index === 0, last: index === length - 1, length };
  return {
    [control?.variable ?? 'item']: item,
    loop: { index, ...ends },
    ...(control?.indexVariable !== undefined && { [control.indexVariable]: index }),
    ...(control?.extended === true && { ansible_loop: { ...ends, ...extended(items, index) } }),
  };
}

/** As people know it from Ansible, who count from one there. */
function extended(items: readonly Value[], index: number): Readonly<Record<string, Value>> {
  const [before, after] = [items[index - 1], items[index + 1]];
  return {
    index: index + 1,
    index0: index,
    revindex: items.length - index,
    revindex0: items.length - index - 1,
    allitems: items,
    ...(before !== undefined && { previtem: before }),
    ...(after !== undefined && { nextitem: after }),
  };
}

function shortItem(item: Value): string {
  if (unknownsIn(item).length > 0) return '(unknown)';
  const text = typeof item === 'string' ? item : JSON.stringify(item);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
