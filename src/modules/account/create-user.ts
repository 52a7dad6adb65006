// How a user that is not there is made, and what that promises.
import { groupAccount, homeBelongings, userAccount } from '../../facts/account.ts';
import { groupUsers } from '../../facts/group-users.ts';
import { fileNode } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { sh } from '../../util/shell.ts';
import { unknown } from '../../util/unknown.ts';
import { run } from '../actions.ts';
import { change } from '../steps.ts';
import type { Step } from '../steps.ts';
import { addUser } from './user-commands.ts';
import { homeOf } from './user-params.ts';
import type { UserHave } from './user-facts.ts';
import type { UserParams } from './user-params.ts';

/** Hosts differ in what they give a new home directory, so it is said. */
const HOME_MODE = '0750';

/** Makes the user with all that was said of it. */
export function creation(p: UserParams, have: UserHave): readonly Step[] {
  const { name } = p;
  const home = homeOf(p);
  const makesGroup = p.group === undefined && !have.ownGroup.exists;
  const group = p.group ?? name;
  const groups = [...new Set(p.groups ?? [])].filter(other => other !== group).sort();
  const createHome = p.create_home ?? !p.system;
  const makesHome = createHome && have.home.kind === 'absent';
  const shell = p.shell ?? (p.system ? '/usr/sbin/nologin' : '/bin/sh');
  const comment = p.comment ?? '';
  const later = (what: string): never => unknown(`the ${what} of user "${name}" is picked when it is made`) as never;
  const command = addUser({
    name,
    uid: p.uid,
    group: makesGroup ? undefined : group,
    groups,
    home,
    shell,
    comment,
    system: p.system,
    createHome,
  });
  const sets = [
    userAccount({ name }).becomes({ exists: true, uid: p.uid ?? later('id'), gid: later('group id'), group, home, shell, comment, groups }),
    groupUsers({ name: group }).becomes({ users: makesGroup ? [name] : [...have.peers.users, name].sort() }),
    ...(p.group === undefined ? [] : [homeBelongings({ name, group: p.group }).becomes({ paths: [] })]),
    ...(makesGroup ? [groupAccount({ name }).becomes({ exists: true, gid: later('group id') })] : []),
    ...(makesHome
      ? [
          fileNode({ path: home }).becomes({
            kind: 'directory',
            owner: name,
            group,
            mode: HOME_MODE,
            size: 0,
            target: '',
          }),
        ]
      : []),
  ];
  const touches = [resource.user(name), ...(makesGroup ? [resource.group(name)] : []), ...(makesHome ? [resource.path(home)] : [])];
  // A new home holds what /etc/skel holds, and nothing else.
  const filled = (have.skeleton?.names ?? []).map(entry => resource.tree(`${home}/${entry}`));
  return [
    change('state', 'absent', 'present', {
      actions: [makesHome ? run(sh`${command} && chmod ${HOME_MODE} -- ${home}`, { alters: [home] }) : run(command)],
      sets,
      touches: [...touches, ...(makesHome ? filled : [])],
      ...(makesHome && { empties: [resource.tree(home)] }),
    }),
  ];
}
