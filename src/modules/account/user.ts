// Module `user`: one user account, present or absent.
import { partByPart } from '../../util/part-by-part.ts';
import { defineModule } from '../contract.ts';
import { unmet } from '../steps.ts';
import type { Step } from '../steps.ts';
import { alterations } from './alter-user.ts';
import { creation } from './create-user.ts';
import { idProblems } from './id-problems.ts';
import { passwordChange } from './password-change.ts';
import { removal } from './remove-user.ts';
import { userFacts } from './user-facts.ts';
import type { UserHave } from './user-facts.ts';
import { USER_PARAMS } from './user-params.ts';
import type { UserParams } from './user-params.ts';

/** What is registered. */
const SHOWN = ['exists', 'uid', 'gid', 'group', 'groups', 'home', 'shell', 'comment'] as const;

/** Keeps one user account. */
export const user = defineModule({
  name: 'user',
  summary: 'keep a user account, or keep it away',
  params: USER_PARAMS,
  examples: [
    {
      title: 'a user for a service',
      yaml: 'name: user zookeeper\nuser:\n  name: zookeeper\n  system: true\n  home: /var/lib/zookeeper\n',
    },
    {
      title: 'a person, with groups that are there already',
      yaml: 'name: user deploy\nuser:\n  name: deploy\n  shell: /bin/bash\n  groups: [sudo, adm]\n  append: true\n',
    },
    { title: 'an account that must be gone', yaml: 'name: no user guest\nuser:\n  name: guest\n  state: absent\n  remove: true\n' },
  ],
  facts: userFacts,
  changes: (p, have): readonly Step[] => {
    if (p.state === 'absent') return removal(p, have);
    const missing = missingGroups(p, have);
    if (missing.length > 0) return missing.map(name => unmet(`no group "${name}" on the host; let a group task before this one make it`));
    const taken =
      have.user.exists && (p.uid === undefined || have.user.uid === p.uid) ? [] : idProblems('user', p.name, p.uid, have.holder);
    if (taken.length > 0) return taken;
    const account = have.user.exists ? alterations(p, have) : creation(p, have);
    return [...account, ...passwordChange(p, have)];
  },
  result: (_p, have) => partByPart(Object.fromEntries(SHOWN.map(name => [name, () => have.user[name]]))),
});

function missingGroups(p: UserParams, have: UserHave): readonly string[] {
  const needed = [
    ...(p.group !== undefined && have.primary?.exists === false ? [p.group] : []),
    ...(p.groups ?? []).filter((_name, at) => have.groups[at]?.exists === false),
  ];
  // The group that is made with the user need not be there before.
  return [...new Set(needed)].filter(name => have.user.exists || name !== p.name || p.group === name);
}
