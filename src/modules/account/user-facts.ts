// The facts that module `user` asks for.
import { groupAccount, homeBelongings, homeSkeleton, userAccount } from '../../facts/account.ts';
import { idName } from '../../facts/file/id-name.ts';
import { groupUsers } from '../../facts/group-users.ts';
import { fileNode } from '../../facts/file/node.ts';
import type { Have } from '../contract.ts';
import { userPassword } from '../../facts/password.ts';
import { homeOf } from './user-params.ts';
import type { UserParams } from './user-params.ts';

/** The account itself, every group it is to be in, its home directory and its password. */
export const userFacts = (p: UserParams) => ({
  user: userAccount({ name: p.name }),
  ownGroup: groupAccount({ name: p.name }),
  holder: p.uid === undefined ? undefined : idName({ database: 'passwd', id: String(p.uid) }),
  primary: p.group === undefined ? undefined : groupAccount({ name: p.group }),
  peers: groupUsers({ name: p.group ?? p.name }),
  groups: (p.groups ?? []).map(name => groupAccount({ name })),
  home: fileNode({ path: homeOf(p) }),
  skeleton: (p.create_home ?? !p.system) ? homeSkeleton({}) : undefined,
  belongings: p.group === undefined ? undefined : homeBelongings({ name: p.name, group: p.group }),
  password: p.password === undefined ? undefined : userPassword({ name: p.name }),
});

/** What the module knows of the host. */
export type UserHave = Have<ReturnType<typeof userFacts>>;
