// The groups of an inventory while a Program runs: which hosts and groups stand in each, and what follows from that.
import { InputError } from '../errors/errors.ts';
import { depthsOf, groupsFrom, membersOf } from '../load/inventory/members-of.ts';
import type { Program } from './types.ts';

/** A group by itself. */
interface LiveGroup {
  readonly hosts: Set<string>;
  readonly children: Set<string>;
  readonly parents: Set<string>;
  readonly priority: number;
}

/** Holds them. A group that is new stands in `all`, unless it is put into another. */
export class LiveGroups {
  readonly #groups = new Map<string, LiveGroup>();
  /** This machine, where nobody has written it down: it may be in groups, and is not in `all`. */
  readonly #isImplicit: (host: string) => boolean;
  #depths: ReadonlyMap<string, number> | undefined;

  constructor({ groups, hosts, open }: Pick<Program, 'groups' | 'hosts' | 'open'>) {
    const written = new Set(groups['all']);
    this.#isImplicit = host => Object.hasOwn(hosts, host) && !written.has(host);
    for (const [name, members] of Object.entries(groups)) {
      const { weight = [1, 1], hosts: own = members, children = [] } = open?.groups[name] ?? {};
      this.#groups.set(name, { hosts: new Set(own), children: new Set(children), parents: new Set(), priority: weight[1] });
    }
    for (const [name, { children }] of this.#groups) for (const child of children) this.#groups.get(child)?.parents.add(name);
  }

  names(): readonly string[] {
    return [...this.#groups.keys()];
  }

  /** Puts a host into a group; it is in `ungrouped` where it is in no other. */
  join(group: string, host: string): void {
    this.#named(group).hosts.add(host);
    this.#reconcile();
    const loose = this.#named('ungrouped').hosts;
    if (this.groupsOf(host).some(name => name !== 'ungrouped')) loose.delete(host);
    else if (!this.#isImplicit(host)) loose.add(host);
  }

  /** Puts a group into another. @returns whether it was not in it. @throws InputError where that one stands in it */
  nest(group: string, parent: string): boolean {
    if (this.#named(parent).children.has(group)) return false;
    if (groupsFrom([group], name => this.#named(name).children).includes(parent))
      throw new InputError([{ what: `the group ${group} cannot stand in ${parent}, which stands in it` }]);
    this.#named(parent).children.add(group);
    this.#named(group).parents.add(parent);
    this.#reconcile();
    this.#depths = undefined;
    return true;
  }

  membersOf(group: string): readonly string[] {
    const members = membersOf(group, { hostsOf: name => this.#named(name).hosts, childrenOf: name => this.#named(name).children });
    return group === 'all' ? Object.freeze(members.filter(host => !this.#isImplicit(host))) : members;
  }

  /** The groups that a host is in, parents before children, without `all`. */
  groupsOf(host: string): readonly string[] {
    const own = [...this.#groups].flatMap(([name, { hosts }]) => (hosts.has(host) ? [name] : []));
    return groupsFrom(own, name => this.#named(name).parents)
      .filter(name => name !== 'all')
      .sort((a, b) => this.#compare(a, b));
  }

  /** As in an inventory: the deeper group outweighs, then its priority, then its name. */
  #compare(a: string, b: string): number {
    const depths = (this.#depths ??= depthsOf(name => this.#named(name).children));
    const depth = (depths.get(a) ?? 1) - (depths.get(b) ?? 1);
    return depth || this.#named(a).priority - this.#named(b).priority || (a < b ? -1 : 1);
  }

  #named(name: string): LiveGroup {
    const known = this.#groups.get(name) ?? { hosts: new Set(), children: new Set(), parents: new Set(), priority: 1 };
    this.#groups.set(name, known);
    return known;
  }

  /** What stands nowhere else stands in `all`. */
  #reconcile(): void {
    const all = this.#named('all');
    for (const [name, { parents }] of this.#groups)
      if (name !== 'all' && parents.size === 0) {
        parents.add('all');
        all.children.add(name);
        this.#depths = undefined;
      }
  }
}
