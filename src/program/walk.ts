// Walking a Program: every task of it, and the leaves of a node, wherever they stand.
import type { Node, Program, TaskSlot } from './types.ts';

/** A node that holds no other. */
export type Leaf = Exclude<Node, { readonly kind: 'list' | 'map' | 'artifact' }>;

/** Tasks and handlers, play by play. */
export function slotsOf(program: Pick<Program, 'plays'>): readonly TaskSlot[] {
  return program.plays.flatMap(play => [...play.sections.flatMap(section => section.tasks), ...play.handlers]);
}

/** The leaves of a node, in the order they were written. */
export function leavesOf(node: Node): readonly Leaf[] {
  if (node.kind === 'list') return node.items.flatMap(leavesOf);
  if (node.kind === 'map') return Object.values(node.entries).flatMap(leavesOf);
  if (node.kind === 'artifact') return [...leavesOf(node.source), ...(node.checksum ? leavesOf(node.checksum) : [])];
  return [node];
}
