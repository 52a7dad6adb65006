// The parameters every cluster module of this role takes: the instances, each on its host, and how a fact of each is asked for.
import { isAbsent } from '../../../src/index.ts';
import type { Absent, FactRef } from '../../../src/index.ts';
import { redisNode, silent } from '../facts/node.ts';
import type { NodeState } from '../facts/types.ts';

/** The instances, as the inventory has them. */
export const MEMBERS = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'host:port, as it is shown' },
      host: { type: 'string', description: 'name of its host in the inventory' },
      address: { type: 'string', description: 'IP address where the others and the clients reach it' },
      port: { type: 'integer', minimum: 1, maximum: 55535, description: 'port for clients' },
      unit: { type: 'string', description: 'its systemd unit' },
      files: { type: 'array', items: { type: 'string', kind: 'path' }, description: 'files it reads when it starts, its redis.conf first' },
      data: { type: 'string', description: 'its dir' },
    },
    required: ['name', 'host', 'address', 'port', 'unit', 'files', 'data'],
    additionalProperties: false,
  },
  minItems: 1,
  description: 'the instances of the cluster',
} as const;

/** One instance. */
export interface Member {
  readonly name: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly unit: string;
  readonly files: readonly string[];
  readonly data: string;
}

/** `members` as it stands in the examples. */
export const MEMBERS_YAML = `    members:
      - name: redis1:7000
        host: redis1
        address: 192.168.57.11
        port: 7000
        unit: redis@7000.service
        files: [/usr/local/redis_cluster/7000/redis.conf]
        data: /usr/local/redis_cluster/7000/data
`;

/** An instance and what it says. */
export interface Seen {
  readonly member: Member;
  /** `address:port`, as the instances know each other. */
  readonly at: string;
  readonly node: NodeState;
}

export function atOf({ address, port }: Pick<Member, 'address' | 'port'>): string {
  return `${address}:${port}`;
}

/** Its redis.conf, which holds the password. */
export function confOf({ files }: Pick<Member, 'files'>): string {
  return files[0] ?? '';
}

/** What an instance says, as a fact of its own host. */
export function nodeOf(member: Member): FactRef<NodeState> {
  const { host, address, port, data } = member;
  return redisNode({ address, port, conf: confOf(member), data }).on(host);
}

/** Inventory names of the hosts, each once. */
export function hostsOf(members: readonly Member[]): readonly string[] {
  return [...new Set(members.map(({ host }) => host))];
}

/** The facts that a host is asked for: one for each of its instances. */
export function nodesOn(members: readonly Member[], host: string): { readonly nodes: readonly FactRef<NodeState>[] } {
  return { nodes: members.filter(member => member.host === host).map(nodeOf) };
}

/** The answers by instance. One whose host cannot be reached says so. */
export function seenOf(
  members: readonly Member[],
  have: ReadonlyMap<string, { readonly nodes: readonly NodeState[] } | Absent>,
): readonly Seen[] {
  return members.map(member => {
    const answer = have.get(member.host);
    const place = members.filter(({ host }) => host === member.host).indexOf(member);
    const node = answer === undefined ? undefined : isAbsent(answer) ? silent(answer.unreachable) : answer.nodes[place];
    return { member, at: atOf(member), node: node ?? silent('it is not in the play') };
  });
}
