// Passes through loops: what is named while an item has its turn, and which one it is. Blocks and tasks loop alike.
import { unknownsIn, type Value } from '../util/value.ts';

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

/** A pass for each item, within one of the loop around it: `item` is named, and `loop` with its place among the others. */
export function passesOf(items: readonly Value[], around: Pass): readonly Pass[] {
  const { length } = items;
  return items.map((item, index) => ({
    values: { ...around.values, item, loop: { index, first: index === 0, last: index === length - 1, length } },
    item: {
      shown: around.item === undefined ? shortItem(item) : `${around.item.shown} / ${shortItem(item)}`,
      index: around.item === undefined ? index : around.item.index * MOST_ITEMS + index,
    },
  }));
}

function shortItem(item: Value): string {
  if (unknownsIn(item).length > 0) return '(unknown)';
  const text = typeof item === 'string' ? item : JSON.stringify(item);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
