// The parameter every cluster module of this role takes: the nodes, and how facts of each are asked for.
import { isAbsent } from '../../../src/index.ts';
import type { Absent, FactRef } from '../../../src/index.ts';
import { esCluster } from '../facts/cluster.ts';
import { esNode, silent } from '../facts/node.ts';
import { esSettings } from '../facts/settings.ts';
import type { Ask } from '../facts/ask.ts';
import type { NodeState } from '../facts/types.ts';

/** The nodes, as the inventory has them. */
export const MEMBERS = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'name in the inventory' },
      node: { type: 'string', description: 'node.name' },
      address: { type: 'string', description: 'where the others and the clients reach it' },
      port: { type: 'integer', minimum: 1, maximum: 65535, description: 'http.port' },
      eligible: { type: 'boolean', default: true, description: 'whether it may become master' },
    },
    required: ['name', 'node', 'address', 'port'],
    additionalProperties: false,
  },
  minItems: 1,
  description: 'the nodes of the cluster',
} as const;

/** One node. */
export interface Member {
  readonly name: string;
  readonly node: string;
  readonly address: string;
  readonly port: number;
  readonly eligible: boolean;
}

/** `members` as it stands in the examples. */
export const MEMBERS_YAML = `    members:
      - { name: n1, node: es-node1, address: 192.168.1.184, port: 9200 }
      - { name: n2, node: es-node2, address: 192.168.1.185, port: 9200 }
      - { name: n3, node: es-node3, address: 192.168.1.186, port: 9200 }
`;

/** A node and what it says. */
export interface Seen {
  readonly member: Member;
  readonly node: NodeState;
}

/** A node by the inventory name of its host. */
export function memberOf(members: readonly Member[], name: string): Member {
  const member = members.find(one => one.name === name);
  if (member === undefined) throw new Error(`${name} is no member`);
  return member;
}

/** How a fact of a node is asked for. */
export function askOf({ address, port }: Pick<Member, 'address' | 'port'>, authorization: string): Ask {
  return { address, port, authorization };
}

/** The answers by node. One whose host cannot be reached says so. */
export function seenOf(members: readonly Member[], have: ReadonlyMap<string, { readonly node: NodeState } | Absent>): readonly Seen[] {
  return members.map(member => {
    const answer = have.get(member.name);
    if (answer === undefined) return { member, node: silent('it is not in the play') };
    return { member, node: isAbsent(answer) ? silent(answer.unreachable) : answer.node };
  });
}

/** What one node is asked for all. */
export function wholeFacts(member: Member, authorization: string) {
  const ask = askOf(member, authorization);
  return { cluster: esCluster(ask), settings: esSettings(ask) };
}

export type WholeFacts = ReturnType<typeof wholeFacts>;

/** The first node that answers is asked for all. */
export function askFirst(
  seen: readonly Seen[],
  authorization: string,
): { readonly speaker: string; readonly facts: WholeFacts } | undefined {
  const first = seen.find(({ node }) => node.says === '' && node.master !== '') ?? seen.find(({ node }) => node.says === '');
  return first && { speaker: first.member.name, facts: wholeFacts(first.member, authorization) };
}

/** What a node says, as a fact of its own host. */
export function nodeOf(member: Member, authorization: string): FactRef<NodeState> {
  return esNode(askOf(member, authorization)).on(member.name);
}
