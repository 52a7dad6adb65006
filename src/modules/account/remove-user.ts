// How a user is removed, and what goes with it.
import { groupAccount, userAccount } from '../../facts/account.ts';
import { fileNode, NO_NODE } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { run } from '../actions.ts';
import { change } from '../steps.ts';
import type { Step } from '../steps.ts';
import { removeUser } from './user-commands.ts';
import type { UserHave } from './user-facts.ts';
import type { UserParams } from './user-params.ts';

/** Removes the account if there is one. */
export function removal(p: UserParams, { user }: UserHave): readonly Step[] {
  const { name } = p;
  if (!user.exists) return [];
  const takesGroup = user.group === name;
  const sets = [
    userAccount({ name }).becomes({ exists: false, uid: null, gid: null, group: '', home: '', shell: '', comment: '', groups: [] }),
    ...(takesGroup
      ? [groupAccount({ name }).becomes({ exists: false, gid: null }, `nobody else is in the group "${name}", so it goes with the user`)]
      : []),
    ...(p.remove ? [fileNode({ path: user.home }).becomes(NO_NODE)] : []),
  ];
  const touches = [resource.user(name), ...(takesGroup ? [resource.group(name)] : []), ...(p.remove ? [resource.tree(user.home)] : [])];
  const gone = p.remove ? { empties: [resource.tree(user.home)] } : {};
  return [change('state', 'present', 'absent', { actions: [run(removeUser(name, p.remove))], sets, touches, ...gone })];
}
