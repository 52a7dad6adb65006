// Who owns what a file module makes: the facts that takes, whom it comes to, and what stands in the way.
import { groupAccount, userAccount } from '../../facts/account.ts';
import { idName } from '../../facts/file/id-name.ts';
import type { FileNode } from '../../facts/file/node.ts';
import { identity } from '../../facts/identity.ts';
import type { Have } from '../contract.ts';
import { unmet, type Unmet } from '../steps.ts';

/** What an author may say about ownership. */
export interface Ownership {
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
}

/** The parameters `owner` and `group`, the same in every module that has them. */
export const OWNERSHIP = {
  owner: {
    type: 'string',
    pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@-]*[$]?$',
    description: 'user it belongs to, by name or number; left out: as it is, or the user the task runs as',
  },
  group: {
    type: 'string',
    pattern: '^[A-Za-z0-9_][A-Za-z0-9_.@-]*[$]?$',
    description: 'group it belongs to, by name or number; left out: as it is, or the primary group of the user the task runs as',
  },
} as const;

/** Named accounts have to exist; root always does, and numbers need not. */
export function ownershipFacts({ owner, group }: Ownership) {
  return {
    who: identity({}),
    user: isName(owner) ? userAccount({ name: owner }) : undefined,
    userName: isNumber(owner) ? idName({ database: 'passwd', id: owner }) : undefined,
    groupEntry: isName(group) ? groupAccount({ name: group }) : undefined,
    groupName: isNumber(group) ? idName({ database: 'group', id: group }) : undefined,
  };
}

type HaveOwnership = Have<ReturnType<typeof ownershipFacts>>;

/** Owner and group as `file.node` will show them. */
export interface Owners {
  readonly owner: string;
  readonly group: string;
}

/** Whom it comes to: what the author says, else what it is now, else the session. */
export function ownersFor(wanted: Ownership, have: HaveOwnership, node: FileNode): Owners {
  const now = node.kind === 'absent' ? { owner: have.who.user, group: have.who.group } : node;
  return {
    owner: wanted.owner === undefined ? now.owner : (have.userName ?? wanted.owner),
    group: wanted.group === undefined ? now.group : (have.groupName ?? wanted.group),
  };
}

/**
 * The node with names in the place of ids that have none: what an account left behind is its own again once it is made with the same id.
 * In a dry run that is unknown while the host is still to pick the id.
 */
export function named(wanted: Ownership, have: HaveOwnership, node: FileNode): FileNode {
  const isUser = isNumber(node.owner) && have.user !== undefined && String(have.user.uid) === node.owner;
  const isGroup = isNumber(node.group) && have.groupEntry !== undefined && String(have.groupEntry.gid) === node.group;
  return { ...node, ...(isUser && { owner: wanted.owner ?? node.owner }), ...(isGroup && { group: wanted.group ?? node.group }) };
}

/** A group that this session cannot give: only root gives a file to a group it is not in itself. */
export function groupProblems(wanted: Ownership, have: HaveOwnership, node: FileNode): readonly Unmet[] {
  const { group } = ownersFor(wanted, have, node);
  const { who } = have;
  // In this order: of a user that is still to be made, the name and the group are known before the id is.
  if (group === who.group || who.uid === 0 || who.groups.includes(group)) return [];
  return [unmet(`${who.user} is not in the group ${group}, and cannot give it a file; run the task as root, with become`)];
}

/** Accounts that nobody made, and ownership that this session cannot give. */
export function ownershipProblems(wanted: Ownership, have: HaveOwnership, node: FileNode): readonly Unmet[] {
  const problems: Unmet[] = [];
  if (have.user?.exists === false) problems.push(unmet(`no user "${wanted.owner ?? ''}" on the host; create it first, with user`));
  if (have.groupEntry?.exists === false) problems.push(unmet(`no group "${wanted.group ?? ''}" on the host; create it first, with group`));
  if (problems.length > 0) return problems;
  const { owner, group } = ownersFor(wanted, have, node);
  if (owner !== have.who.user && have.who.uid !== 0)
    return [unmet(`${have.who.user} cannot make what belongs to ${owner}; run the task as root, with become`)];
  const foreign = groupProblems(wanted, have, node);
  // What it is now is looked at only where it matters: a dry run may not know it.
  return foreign.length > 0 && node.kind !== 'absent' && node.group === group ? [] : foreign;
}

function isNumber(name: string | undefined): name is string {
  return name !== undefined && /^\d+$/.test(name);
}

function isName(name: string | undefined): name is string {
  return name !== undefined && name !== 'root' && !isNumber(name);
}
