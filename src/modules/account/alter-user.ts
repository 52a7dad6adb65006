// How a user that is there is brought to what was said of it, one attribute at a time.
import { homeBelongings, userAccount } from '../../facts/account.ts';
import type { UserAccount } from '../../facts/account.ts';
import type { FactSet } from '../../facts/contract.ts';
import { groupUsers } from '../../facts/group-users.ts';
import { fileNode } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { unknown } from '../../util/unknown.ts';
import { reopen, run } from '../actions.ts';
import type { Action } from '../actions.ts';
import { differs } from '../steps.ts';
import type { Step } from '../steps.ts';
import { alterUser } from './user-commands.ts';
import type { UserHave } from './user-facts.ts';
import type { UserParams } from './user-params.ts';

/** One change for each attribute that differs and was spoken of. */
export function alterations(p: UserParams, have: UserHave): readonly Step[] {
  const { user, peers } = have;
  const { name } = p;
  const mend = (actions: readonly Action[], patch: Partial<UserAccount>) => ({
    actions,
    sets: [userAccount({ name }).with(patch), ...(p.group === undefined ? [] : [homeBelongings({ name, group: p.group }).with({})])],
    touches: [resource.user(name)],
  });
  const regrouped = (how: ReturnType<typeof mend>, group: string) => ({
    ...how,
    sets: [
      ...how.sets,
      ...goAlong(name, group, have),
      groupUsers({ name: group }).becomes({ users: [...peers.users, name].sort() }),
      groupUsers({ name: user.group }).becomes(unknown(`whose primary group "${user.group}" is shows once "${name}" has left it`) as never),
    ],
  });
  const groups = wantedGroups(p, user);
  return [
    ...(p.uid === undefined ? [] : differs('uid', user.uid, p.uid, mend([reopen, run(alterUser(name, 'uid', p.uid))], { uid: p.uid }))),
    ...(p.group === undefined
      ? []
      : differs(
          'group',
          user.group,
          p.group,
          regrouped(mend([run(alterUser(name, 'group', p.group)), reopen], groupPatch(p.group)), p.group),
        )),
    // Sessions that run as this user have the old groups until they are opened anew.
    ...differs('groups', user.groups, groups, mend([run(alterUser(name, 'groups', groups.join(','))), reopen], { groups })),
    ...(p.home === undefined ? [] : differs('home', user.home, p.home, mend([run(alterUser(name, 'home', p.home))], { home: p.home }))),
    ...(p.shell === undefined
      ? []
      : differs('shell', user.shell, p.shell, mend([run(alterUser(name, 'shell', p.shell))], { shell: p.shell }))),
    ...(p.comment === undefined
      ? []
      : differs('comment', user.comment, p.comment, mend([run(alterUser(name, 'comment', p.comment))], { comment: p.comment }))),
  ];
}

/** What `usermod` gives to the new group by itself: what the old one has in the user's own home. */
function goAlong(name: string, group: string, have: UserHave): readonly FactSet[] {
  if (have.user.group === group) return [];
  const paths = have.belongings?.paths ?? [];
  return [...paths.map(path => fileNode({ path }).with({ group })), homeBelongings({ name, group }).becomes({ paths: [] })];
}

function wantedGroups(p: UserParams, user: UserAccount): readonly string[] {
  if (p.groups === undefined) return user.groups;
  const primary = p.group ?? user.group;
  return [...new Set([...p.groups, ...(p.append ? user.groups : [])])].filter(name => name !== primary).sort();
}

function groupPatch(group: string): Partial<UserAccount> {
  return { group, gid: unknown(`the id of group "${group}"`) as never };
}
