// Module `group`: one group, present or absent.
import { groupAccount, userAccount } from '../../facts/account.ts';
import { idName } from '../../facts/file/id-name.ts';
import { groupUsers } from '../../facts/group-users.ts';
import { resource } from '../../facts/resource.ts';
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { sh } from '../../util/shell.ts';
import { listed } from '../../util/listed.ts';
import { partByPart } from '../../util/part-by-part.ts';
import { unknown } from '../../util/unknown.ts';
import { run } from '../actions.ts';
import { defineModule } from '../contract.ts';
import { change, differs, unmet } from '../steps.ts';
import type { Step } from '../steps.ts';
import { ACCOUNT_NAME } from './account-name.ts';
import { idProblems } from './id-problems.ts';

const params = {
  type: 'object',
  properties: {
    name: { ...ACCOUNT_NAME, description: 'the group' },
    state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether the group is to be there' },
    gid: { type: 'integer', minimum: 0, description: 'its id; left out, the host picks one' },
    system: {
      type: 'boolean',
      default: false,
      description: 'pick the id from the range for system groups; counts only when the group is made',
    },
  },
  required: ['name'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

type Params = Infer<typeof params>;

const groupFact = (p: Params) => groupAccount({ name: p.name });

/** Keeps one group. */
export const group = defineModule({
  name: 'group',
  summary: 'keep a group, or keep it away',
  params,
  examples: [
    { title: 'a group for a service', yaml: 'name: group zookeeper\ngroup:\n  name: zookeeper\n  system: true\n' },
    { title: 'a group with the same id on all hosts', yaml: 'name: group hadoop\ngroup:\n  name: hadoop\n  gid: 1500\n' },
  ],
  facts: p => ({
    group: groupFact(p),
    members: groupUsers({ name: p.name }),
    holder: p.gid === undefined ? undefined : idName({ database: 'group', id: String(p.gid) }),
  }),
  changes: (p, have): readonly Step[] => {
    const touches = [resource.group(p.name)];
    if (p.state === 'absent') {
      const sets = [groupFact(p).becomes({ exists: false, gid: null }), groupUsers({ name: p.name }).becomes({ users: [] })];
      if (!have.group.exists) return [];
      if (have.members.users.length > 0) return [unmet(primaryOf(p.name, have.members.users))];
      return [change('state', 'present', 'absent', { actions: [run(sh`groupdel -- ${p.name}`)], sets, touches })];
    }
    const { gid } = p;
    if (have.group.exists && (gid === undefined || have.group.gid === gid)) return [];
    const taken = idProblems('group', p.name, gid, have.holder);
    if (taken.length > 0) return taken;
    if (!have.group.exists || gid === undefined) {
      const picked = unknown(`the id of group "${p.name}" is picked when it is made`) as never;
      const sets = [groupFact(p).becomes({ exists: true, gid: gid ?? picked }), groupUsers({ name: p.name }).becomes({ users: [] })];
      return [change('state', 'absent', 'present', { actions: [run(addGroup(p))], sets, touches })];
    }
    const { users } = have.members;
    const sets = [
      groupFact(p).with({ gid }),
      groupUsers({ name: p.name }).becomes({ users }),
      // groupmod sees to it that its users go along.
      ...users.map(name => userAccount({ name }).with({ gid })),
    ];
    return differs('gid', have.group.gid, gid, { actions: [run(sh`groupmod -g ${gid} -- ${p.name}`)], sets, touches });
  },
  result: (_p, have) => partByPart({ exists: () => have.group.exists, gid: () => have.group.gid }),
});

function primaryOf(name: string, users: readonly string[]): string {
  const [whose, them] = users.length === 1 ? ['user', 'it'] : ['users', 'them'];
  return `group "${name}" is the primary group of ${whose} ${listed(users)}; remove ${them} first, or give ${them} another group, with user`;
}

function addGroup(p: Params): ReturnType<typeof sh> {
  const system = p.system ? sh`-r ` : sh``;
  const gid = p.gid === undefined ? sh`` : sh`-g ${p.gid} `;
  return sh`groupadd ${system}${gid}-- ${p.name}`;
}
