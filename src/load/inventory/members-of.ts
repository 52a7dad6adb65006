// The hosts of a group in inventory order, in an inventory that was read and in one that grows while a Program runs.

/** What is said of groups, each by itself. */
export interface GroupParts {
  readonly hostsOf: (group: string) => Iterable<string>;
  readonly childrenOf: (group: string) => Iterable<string>;
}

/** Groups and those that follow from them, level by level: with children in Ansible's order, with parents all that they stand in. */
export function groupsFrom(start: readonly string[], next: (group: string) => Iterable<string>): readonly string[] {
  const groups = new Set(start);
  let level = start.flatMap(group => [...next(group)]);
  while (level.length > 0) {
    const fresh = [...new Set(level)].filter(group => !groups.has(group));
    fresh.forEach(group => groups.add(group));
    level = fresh.flatMap(group => [...next(group)]);
  }
  return [...groups];
}

/** A group's own hosts, then those of the groups below, each host once. */
export function membersOf(name: string, { hostsOf, childrenOf }: GroupParts): readonly string[] {
  return Object.freeze([...new Set(groupsFrom([name], childrenOf).flatMap(group => [...hostsOf(group)]))]);
}

/** How deep each group is that stands in `all`, by the longest way. */
export function depthsOf(childrenOf: GroupParts['childrenOf']): ReadonlyMap<string, number> {
  const depths = new Map([['all', 0]]);
  const queue = ['all'];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const depth = (depths.get(name) ?? 0) + 1;
    for (const child of childrenOf(name)) {
      if ((depths.get(child) ?? 0) >= depth) continue;
      depths.set(child, depth);
      queue.push(child);
    }
  }
  return depths;
}
