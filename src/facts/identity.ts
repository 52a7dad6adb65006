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

/** A number of id(1), and its name where it has one. A name may hold anything: the next number shows where it ended. */
const ONE = String.raw`(\d+)(?:\((.*?)\))?`;

const LINE = new RegExp(`^uid=${ONE} gid=${ONE}(?: euid=${ONE})?(?: egid=${ONE})?(?: groups=(.*?))?(?: context=.*)?$`);

const GROUP = new RegExp(`${ONE}(?:,(?=\\d+(?:[(,]|$))|$)`, 'g');

/** Who the session is. It depends on nothing a task can disturb: a session keeps its identity. */
export const identity = defineFact<Readonly<Record<string, never>>, Identity>({
  name: 'session.identity',
  summary: 'who commands run as: user, groups, uid, home directory',
  // One process says it all, in the words of POSIX.
  probe: () => sh`id; printf '%s' "$HOME"`,
  reads: () => [],
  parse: ({ stdout, stderr }): Identity => {
    const [line = '', ...home] = stdout.split('\n');
    const [all, uid, user, gid, group, euid, euser, egid, egroup, groups = ''] = LINE.exec(line) ?? [];
    if (all === undefined) throw new Error(`id does not say who the session is: ${stderr.trim() || JSON.stringify(stdout)}`);
    // Where real and effective ones differ, it is the effective ones that commands run with.
    const [number, primary] = [Number(euid ?? uid), Number(egid ?? gid)];
    const names = [...groups.matchAll(GROUP)].flatMap(([, id = '', name]) => (Number(id) === primary ? [] : [name ?? id]));
    const own = egid === undefined ? (group ?? String(primary)) : (egroup ?? egid);
    return {
      user: euid === undefined ? (user ?? String(number)) : (euser ?? euid),
      group: own,
      uid: number,
      groups: [own, ...names],
      home: home.join('\n'),
    };
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
