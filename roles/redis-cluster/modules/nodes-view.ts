// The types that the parts of redis.nodes share, and the cluster as they see it.
import type { RollCluster, RollMember } from '../../../src/index.ts';
import { atOf, nodeOf } from './members.ts';
import type { Member, Seen } from './members.ts';
import { mastersOf, mergedPicture } from './picture.ts';
import type { Picture } from './picture.ts';

/** What the parts of the module need of its parameters. */
export interface NodesParams {
  readonly members: readonly Member[];
  readonly deadline: number;
  readonly force: boolean;
}

export function instanceFacts(p: Pick<NodesParams, 'members'>, name: string) {
  return { node: nodeOf(memberOf(p, name)) };
}

export type InstanceFacts = ReturnType<typeof instanceFacts>;
/** The cluster as the primitive hands it on. */
export type Nodes = RollCluster<InstanceFacts, Readonly<Record<string, undefined>>>;
/** One instance of it. */
export type Instance = RollMember<InstanceFacts>;

/** An instance as the parameters describe it. */
export function memberOf({ members }: Pick<NodesParams, 'members'>, name: string): Member {
  const member = members.find(one => one.name === name);
  if (member === undefined) throw new Error(`${name} is no member`);
  return member;
}

/** All that could be asked, with what they say. */
export function seenIn(p: Pick<NodesParams, 'members'>, { present }: Nodes): readonly Seen[] {
  return present.map(({ name, have }) => ({ member: memberOf(p, name), at: atOf(memberOf(p, name)), node: have.node }));
}

/** The picture of those that answer, where they have a cluster; else what was kept on disk. Undefined where nobody has met anybody. */
export function pictureIn(seen: readonly Seen[]): Picture | undefined {
  const formed = seen.filter(({ node }) => node.view.some(({ slots }) => slots !== ''));
  const answering = formed.filter(({ node }) => node.says === '');
  const [best] = (answering.length > 0 ? answering : formed).toSorted((a, b) => b.node.view.length - a.node.view.length);
  return best === undefined ? undefined : mergedPicture(best, seen);
}

/** Masters that have slots, by `address:port`: what a roll moves and gives back. */
export function mastersIn(p: Pick<NodesParams, 'members'>, cluster: Nodes): readonly string[] {
  const picture = pictureIn(seenIn(p, cluster));
  return picture === undefined ? [] : mastersOf(picture);
}

/** The name of an instance by `address:port`. */
export function nameAt({ members }: Pick<NodesParams, 'members'>, at: string): string {
  return members.find(member => atOf(member) === at)?.name ?? at;
}
