// The cluster in one line: how many masters and replicas, and which.
import { listed } from '../../../src/index.ts';
import type { Seen } from './members.ts';

export function describeCluster(seen: readonly Seen[]): string | undefined {
  const met = seen.filter(({ node }) => node.says === '' && node.view.length > 1);
  const named = (part: 'master' | 'replica'): readonly string[] =>
    met.filter(({ node }) => node.part === part).map(({ member }) => member.name);
  const masters = named('master');
  const replicas = named('replica');
  if (masters.length === 0) return undefined;
  return `masters ${listed(masters)}${replicas.length > 0 ? `, replicas ${listed(replicas)}` : ''}`;
}
