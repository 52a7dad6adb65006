// Walking a Program: every task of it, however deep in blocks it stands, and the leaves of a node.
import type { Block, Node, Play, Program, TaskNode, TaskSlot, TaskSpec } from './types.ts';

/** A node that holds no other. */
export type Leaf = Exclude<Node, { readonly kind: 'list' | 'map' | 'artifact' }>;

/** A task, and the blocks around it, the outermost first. */
export interface Placed {
  readonly slot: TaskSlot;
  readonly blocks: readonly Block[];
  /** Those of the blocks that it stands in the rescue of: its turn comes only where something fails there. */
  readonly rescues: readonly Block[];
}

/** The tasks in some nodes, in the order in which they stand. */
export function placedIn(nodes: readonly TaskNode[], around: Omit<Placed, 'slot'> = { blocks: [], rescues: [] }): readonly Placed[] {
  return nodes.flatMap(node => {
    if (node.kind === 'task') return [{ slot: node, ...around }];
    const within = { ...around, blocks: [...around.blocks, node] };
    return [
      ...placedIn(node.tasks, within),
      ...placedIn(node.rescue, { ...within, rescues: [...around.rescues, node] }),
      ...placedIn(node.always, within),
    ];
  });
}

/** The tasks in some nodes, in the order in which they stand. */
export function slotsIn(nodes: readonly TaskNode[]): readonly TaskSlot[] {
  return placedIn(nodes).map(({ slot }) => slot);
}

/** The tasks of a play, section by section, without its handlers. */
export function tasksOfPlay(play: Pick<Play, 'sections'>): readonly Placed[] {
  return play.sections.flatMap(section => placedIn(section.tasks));
}

/** Tasks and handlers, play by play, each with the blocks around it. */
export function placedOf(program: Pick<Program, 'plays'>): readonly Placed[] {
  return program.plays.flatMap(play => [...tasksOfPlay(play), ...placedIn(play.handlers)]);
}

/** Tasks and handlers, play by play. */
export function slotsOf(program: Pick<Program, 'plays'>): readonly TaskSlot[] {
  return placedOf(program).map(({ slot }) => slot);
}

/** The task as a host has it; undefined where it does not. */
export function specOf(slot: TaskSlot, host: string): TaskSpec | undefined {
  return slot.specs[slot.hosts[host] ?? slot.others ?? -1];
}

/** The leaves of a node, in the order they were written. */
export function leavesOf(node: Node): readonly Leaf[] {
  if (node.kind === 'list') return node.items.flatMap(leavesOf);
  if (node.kind === 'map') return Object.values(node.entries).flatMap(leavesOf);
  if (node.kind === 'artifact') return [...leavesOf(node.source), ...(node.checksum ? leavesOf(node.checksum) : [])];
  return [node];
}
