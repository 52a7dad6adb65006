// Groups as a tree without loops: how deep each is, who its members are, and in which order.
import type { InventoryDraft } from './inventory-draft.ts';
import { depthsOf, membersOf } from './members-of.ts';
import { inventoryProblems } from '../messages/inventory.ts';
import type { Report } from '../report.ts';

export interface GroupTree {
  /** Members by group in inventory order, `all` and `ungrouped` first. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** Hosts that stand in a group itself. */
  readonly own: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Groups from the weakest to the strongest: by depth, then by priority, then by name. `all` comes first. */
  readonly byStrength: readonly string[];
  /** Depth and priority by group. */
  readonly weights: ReadonlyMap<string, readonly [number, number]>;
}

/** Works out the tree; undefined when groups contain each other, which is reported. */
export function buildGroupTree(draft: InventoryDraft, report: Report): GroupTree | undefined {
  if (hasLoop(draft, report)) return undefined;
  const children = childrenOf(draft);
  const childrenIn = (name: string): readonly string[] => children.get(name) ?? [];
  const depths = depthsOf(childrenIn);
  const names = [...draft.groups.keys()];
  const own = new Map(names.map(name => [name, ownHosts(name, draft)]));
  const members = new Map(names.map(name => [name, membersOf(name, { hostsOf: group => own.get(group) ?? [], childrenOf: childrenIn })]));
  const weigh = (name: string): readonly [number, number] => [depths.get(name) ?? 0, draft.group(name).priority];
  const byStrength = names.sort((a, b) => compare(weigh(a), weigh(b)) || (a < b ? -1 : 1));
  const weights = new Map(byStrength.map(name => [name, weigh(name)]));
  return Object.freeze({ members, own, children, byStrength: Object.freeze(byStrength), weights });
}

function compare([depthA, priorityA]: readonly [number, number], [depthB, priorityB]: readonly [number, number]): number {
  return depthA - depthB || priorityA - priorityB;
}

function hasLoop(draft: InventoryDraft, report: Report): boolean {
  const done = new Set<string>();
  let found = false;
  const visit = (name: string, chain: readonly string[]): void => {
    if (done.has(name)) return;
    for (const [child, at] of draft.groups.get(name)?.children ?? []) {
      const start = [...chain, name].indexOf(child);
      if (start < 0) visit(child, [...chain, name]);
      else {
        found = true;
        report(inventoryProblems.loop(at, [...chain.slice(start), name, child]));
      }
    }
    done.add(name);
  };
  for (const name of draft.groups.keys()) visit(name, []);
  return found;
}

/** Children by group; a group without a parent is a child of `all`, and `ungrouped` is its first. */
function childrenOf(draft: InventoryDraft): ReadonlyMap<string, readonly string[]> {
  const own = new Map([...draft.groups].map(([name, group]) => [name, [...group.children.keys()]] as const));
  const parented = new Set([...own.values()].flat());
  const orphans = [...own.keys()].filter(name => name !== 'all' && !parented.has(name));
  const top = new Set(['ungrouped', ...(own.get('all') ?? []), ...orphans]);
  return new Map([...own, ['all', [...top]]]);
}

/** Hosts in no group but `all` are those of `ungrouped`, and no others, whatever is written. */
function ownHosts(name: string, draft: InventoryDraft): readonly string[] {
  const own = [...(draft.groups.get(name)?.hosts ?? [])];
  if (name !== 'ungrouped') return own;
  const grouped = new Set(
    [...draft.groups.values()].flatMap(group => (group.name === 'all' || group.name === 'ungrouped' ? [] : [...group.hosts])),
  );
  const loose = [...draft.hosts.keys()].filter(host => !grouped.has(host));
  return [...new Set([...own.filter(host => !grouped.has(host)), ...loose])];
}
