// An inventory while its files are read: groups and hosts as they are met, later files adding to earlier ones.
import type { Position } from '../../errors/problem.ts';
import type { VariableSources } from '../types.ts';

export interface DraftGroup {
  readonly name: string;
  /** Where it was first named; undefined for those that are always there. */
  at: Position | undefined;
  /** In the order they were met. */
  readonly hosts: Set<string>;
  /** Children, and where each was named as one. */
  readonly children: Map<string, Position>;
  variables: VariableSources;
  /** Among groups of one depth, the higher wins. */
  priority: number;
}

export interface DraftHost {
  readonly name: string;
  readonly at: Position;
  variables: VariableSources;
}

/** Collects what the files say; `all` and `ungrouped` are always there. */
export class InventoryDraft {
  readonly groups = new Map<string, DraftGroup>();
  readonly hosts = new Map<string, DraftHost>();

  constructor() {
    this.group('all');
    this.group('ungrouped');
  }

  /** The group of that name, made when it is new. */
  group(name: string, at?: Position): DraftGroup {
    const known = this.groups.get(name);
    if (known) {
      known.at ??= at;
      return known;
    }
    const group: DraftGroup = { name, at, hosts: new Set(), children: new Map(), variables: {}, priority: 1 };
    this.groups.set(name, group);
    return group;
  }

  /** Puts a host into a group; what is said of it now wins over what was said before. */
  addHost(name: string, group: string, at: Position, variables: VariableSources): void {
    const host = this.hosts.get(name) ?? { name, at, variables: {} };
    host.variables = { ...host.variables, ...variables };
    this.hosts.set(name, host);
    this.group(group).hosts.add(name);
  }

  addVariables(group: string, variables: VariableSources): void {
    const known = this.group(group);
    known.variables = { ...known.variables, ...variables };
  }

  addChild(parent: string, child: string, at: Position): void {
    this.group(child, at);
    const children = this.group(parent).children;
    if (!children.has(child)) children.set(child, at);
  }
}
