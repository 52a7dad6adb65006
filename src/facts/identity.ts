// Fact: who the session is.
import { sh } from '../util/shell.ts';
import { defineFact } from './contract.ts';

/** The identity commands run under. */
export interface Identity {
  readonly user: string;
  /** Name of the primary group. */
  readonly group: string;
  readonly uid: number;
  /** Names of all groups, the primary one among them; the number of one that has no name. */
  readonly groups: readonly string[];
  readonly home: string;
}

/** Who the session is. It depends on nothing a task can disturb: a session keeps its identity. */
export const identity = defineFact<Readonly<Record<string, never>>, Identity>({
  name: 'session.identity',
  summary: 'who commands run as: user, groups, uid, home directory',
  probe: () => sh`id -un; id -gn; id -u; id -Gn 2>/dev/null; printf '%s' "$HOME"`,
  reads: () => [],
  parse: ({ stdout, stderr }): Identity => {
    const [user = '', group = '', uid = '', groups = '', ...home] = stdout.split('\n');
    if (!/^\d+$/.test(uid)) throw new Error(`id does not say who the session is: ${stderr.trim() || JSON.stringify(stdout)}`);
    return { user, group, uid: Number(uid), groups: groups.split(' ').filter(name => name !== ''), home: home.join('\n') };
  },
  ofForetoldUser: ({ name, group, groups, uid, home }) => ({
    user: name,
    group,
    uid: uid as number,
    groups: Array.isArray(groups) ? [group, ...(groups as readonly string[])] : (groups as never),
    home,
  }),
  absent: { user: '', group: '', uid: -1, groups: [], home: '' },
  cost: 'cheap',
  tools: ['id'],
});
