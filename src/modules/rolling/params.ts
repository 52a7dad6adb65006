// The parameters every rolling module takes: which unit of which members, and what a start of it depends on.

/** To be spread into the properties of a rolling module's parameters. `members` is the role's own: at least a name each. */
export const ROLLING = {
  unit: { type: 'string', description: 'the systemd unit, suffix included' },
  files: {
    type: 'array',
    items: { type: 'string', kind: 'path' },
    description: 'files the unit reads when it starts; its start records their hashes, and one that differs makes a restart due',
  },
  links: {
    type: 'array',
    items: { type: 'string', kind: 'path' },
    default: [],
    description: 'links the unit starts through, such as its JAVA_HOME; one that points elsewhere makes a restart due',
  },
  deadline: { type: 'integer', minimum: 1, default: 120, description: 'seconds a member may take to be back, and the cluster to be whole' },
} as const;

/** A member. Where a host has several, each has a name of its own, and says where it is, which unit it is, and what that reads. */
export interface RollingMember {
  readonly name: string;
  /** Inventory name of its host; default: its name. */
  readonly host?: string;
  /** Default: the module's. */
  readonly unit?: string;
  /** Default: the module's. */
  readonly files?: readonly string[];
}

/** What the primitive needs of a module's parameters. */
export interface RollingParams {
  readonly members: readonly RollingMember[];
  readonly unit: string;
  readonly files: readonly string[];
  readonly links: readonly string[];
  readonly deadline: number;
}

/** A member with all that it leaves to the module. */
export function memberOf(p: RollingParams, name: string): Required<RollingMember> {
  return { host: name, unit: p.unit, files: p.files, ...p.members.find(member => member.name === name), name };
}

/** The host that the mark is left on, and where what is put back runs. */
export function firstHost(p: RollingParams): string {
  const [first] = p.members;
  return first?.host ?? first?.name ?? '';
}
