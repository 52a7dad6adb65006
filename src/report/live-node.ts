// A node of the live tree, as the tree sees it; who draws it is another matter.

export type NodeState = 'running' | 'waiting' | 'done' | 'changed' | 'failed' | 'skipped';

/** One line of the tree with lines beneath it. */
export interface LiveNode {
  add(title: string, state: NodeState): LiveNode;
  set(title: string, state: NodeState): void;
  /** Takes it and everything beneath it off the tree. */
  remove(): void;
}
