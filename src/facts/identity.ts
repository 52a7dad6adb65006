// Fact: who the session is.
import { sh } from '../util/shell.ts';
import { defineFact } from './contract.ts';

/** The identity commands run under. */
export interface Identity {
  readonly user: string;
  /** Name of the primary group. */
  readonly group: string;
  readonly uid: number;
  readonly home: string;
}

/** Who the session is. It depends on nothing a task can disturb: a session keeps its identity. */
export const identity = defineFact<Readonly<Record<string, never>>, Identity>({
  name: 'session.identity',
  summary: 'who commands run as: user, primary group, uid, home directory',
  probe: () => sh`id -un; id -gn; id -u; printf '%s' "$HOME"`,
  reads: () => [],
  parse: ({ stdout, stderr }): Identity => {
    const [user = '', group = '', uid = '', ...home] = stdout.split('\n');
    if (!/^\d+$/.test(uid)) throw new Error(`id does not say who the session is: ${stderr.trim() || JSON.stringify(stdout)}`);
    return { user, group, uid: Number(uid), home: home.join('\n') };
  },
  ofForetoldUser: ({ name, group, uid, home }) => ({ user: name, group, uid: uid as number, home }),
  absent: { user: '', group: '', uid: -1, home: '' },
  cost: 'cheap',
  tools: ['id'],
});
