// What stands in a node of the Program, where nothing has to be worked out.
import type { Node } from '../../../src/program/types.ts';

/** The value; undefined in the place of what only a host can say. */
export function plainOf(node: Node): unknown {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  if (node.kind === 'map') return Object.fromEntries(Object.entries(node.entries).map(([key, entry]) => [key, plainOf(entry)]));
  return undefined;
}
