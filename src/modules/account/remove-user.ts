// How a user is removed, and what goes with it.
import { groupAccount, userAccount } from '../../facts/account.ts';
import { groupUsers } from '../../facts/group-users.ts';
import { fileNode, NO_NODE } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { unknown } from '../../util/unknown.ts';
import { reopen, run } from '../actions.ts';
import { change } from '../steps.ts';
import type { Step } from '../steps.ts';
import { removeUser } from './user-commands.ts';
import type { UserHave } from './user-facts.ts';
import type { UserParams } from './user-params.ts';

/** Removes the account if there is one. */
export function removal(p: UserParams, { user, peers }: UserHave): readonly Step[] {
  const { name } = p;
  if (!user.exists) return [];
  const takesGroup = user.group === name && peers.users.every(peer => peer === name);
  const left = unknown(`whose primary group "${user.group}" is shows once "${name}" is gone`) as never;
  const sets = [
    userAccount({ name }).becomes({ exists: false, uid: null, gid: null, group: '', home: '', shell: '', comment: '', groups: [] }),
    groupUsers({ name: user.group }).becomes(takesGroup ? { users: [] } : left),
    ...(takesGroup
      ? [groupAccount({ name }).becomes({ exists: false, gid: null }, `nobody else is in the group "${name}", so it goes with the user`)]
      : []),
    ...(p.remove ? [fileNode({ path: user.home }).becomes(NO_NODE)] : []),
  ];
  const touches = [resource.user(name), ...(takesGroup ? [resource.group(name)] : []), ...(p.remove ? [resource.tree(user.home)] : [])];
  const gone = p.remove ? { empties: [resource.tree(user.home)] } : {};
  // Sessions of this run that became the user would be in the way.
  return [change('state', 'present', 'absent', { actions: [reopen, run(removeUser(name, p.remove))], sets, touches, ...gone })];
}
