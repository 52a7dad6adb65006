// Why nodes cannot be one cluster, in words that name them and the way out. Nothing is ever deleted: only a person knows which data is wanted.
import { listed } from '../../../src/index.ts';
import type { Kept } from '../facts/kept.ts';
import type { NodeState } from '../facts/types.ts';
import type { Member } from './members.ts';

/** One node as it was seen. */
export interface Kin {
  readonly member: Member;
  readonly node: NodeState;
  readonly kept?: Kept | undefined;
}

/** One thing that is wrong, and the host it is wrong on. */
export interface Problem {
  readonly words: string;
  readonly on: string;
}

/** A machine that was cloned with its data directory has the id of the other one, which no cluster lets in twice. */
export function twinProblem(kin: readonly Kin[], data: string): Problem | undefined {
  for (const one of kin) {
    const id = one.kept?.id ?? '';
    const twins = kin.filter(({ kept }) => id !== '' && kept?.id === id);
    const [original, copy] = twins;
    if (original === undefined || copy === undefined) continue;
    const names = listed(twins.map(({ member }) => member.node));
    return {
      words: `${names} have the same node id ${id}: one is a clone with the data directory of the other, and cannot join it; on the clone (${copy.member.name}, if it was made from ${original.member.name}) stop the unit and move what lies in ${data} aside, it is then given an id of its own and fetches its copies anew; nothing was deleted`,
      on: copy.member.name,
    };
  }
  return undefined;
}

/** Clusters never become one again: each has an identity of its own. */
export function apartProblem(kin: readonly Kin[], data: string): Problem | undefined {
  const groups = new Map<string, Member[]>();
  for (const { member, node } of kin) if (node.uuid !== '') groups.set(node.uuid, [...(groups.get(node.uuid) ?? []), member]);
  if (groups.size < 2) return undefined;
  const [first, ...others] = [...groups.entries()].toSorted((a, b) => b[1].length - a[1].length);
  const names = (members: readonly Member[]): string => listed(members.map(({ node }) => node));
  const words = [first, ...others].map(group => `${names(group?.[1] ?? [])} (${group?.[0] ?? ''})`).join('; ');
  return {
    words: `${groups.size} clusters instead of one, each with an identity of its own: ${words}; they cannot be joined: keep the one whose data you want, and on the hosts of the others stop the unit and move what lies in ${data} aside`,
    on: others[0]?.[1][0]?.name ?? '',
  };
}
