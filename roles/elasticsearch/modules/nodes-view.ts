// The types that the parts of elasticsearch.nodes share, and the cluster as they see it.
import type { RollCluster, RollMember } from '../../../src/index.ts';
import { esNode } from '../facts/node.ts';
import { ALLOCATION } from '../facts/types.ts';
import { askOf, memberOf, wholeFacts } from './members.ts';
import type { Member, WholeFacts } from './members.ts';

/** What the parts of the module need of its parameters. */
export interface NodesParams {
  readonly members: readonly Member[];
  readonly unit: string;
  readonly authorization: string;
  readonly cluster: string;
  readonly version: string;
  readonly deadline: number;
  readonly force: boolean;
}

/** What is asked of each node, in every run. */
export function nodeFacts(p: Pick<NodesParams, 'members' | 'authorization'>, name: string) {
  return { node: esNode(askOf(memberOf(p.members, name), p.authorization)) };
}

/** What one node is asked for all, when a restart is due or a node comes back. */
export function wholeOf(p: Pick<NodesParams, 'members' | 'authorization'>, speaker: string): WholeFacts {
  return wholeFacts(memberOf(p.members, speaker), p.authorization);
}

export type NodeFacts = ReturnType<typeof nodeFacts>;
/** The cluster as the primitive hands it on. */
export type Nodes = RollCluster<NodeFacts, WholeFacts>;
/** One node of it. */
export type Node = RollMember<NodeFacts>;

/** Names that nodes have among themselves, of those that can be asked, in order. */
export function nodeNames(p: Pick<NodesParams, 'members'>, { present }: Nodes): readonly string[] {
  return present.map(({ name }) => memberOf(p.members, name).node).sort();
}

/** Whether it has joined a cluster that has a master, as far as we know: what one that does not let us in has joined, nobody told us. */
export function isServing({ have: { node } }: Node): boolean {
  return /^40[13]\b/.test(node.says) || (node.says === '' && node.master !== '');
}

/** Whether it sees all others that run. */
export function hasJoined(p: Pick<NodesParams, 'members'>, cluster: Nodes, member: Node): boolean {
  return isServing(member) && nodeNames(p, cluster).every(name => member.have.node.nodes.includes(name));
}

/** Whether a roll that was broken off has left replicas unallocated. */
export function isHeld({ whole, remembered }: Nodes): boolean {
  return remembered !== undefined && whole?.settings.persistent[ALLOCATION] === 'primaries';
}

/** Whether allocation is moved while a node restarts: one that is alone has no replicas elsewhere. */
export function isHolding({ members }: Pick<NodesParams, 'members'>, { whole }: Nodes): boolean {
  return whole !== undefined && members.length > 1;
}
