// `facts.user`: whom the tasks of this session run as.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';

/** The user of the session, become included. */
export interface HostUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

export const hostUser = defineFact({
  name: 'host.user',
  summary: 'whom the task runs as: name, uid, gid, home',
  probe: () => rawShell(`id -un; id -u; id -g; printf '%s' "$HOME"`),
  reads: () => [],
  parse: ({ stdout }): HostUser => {
    const [name = '', uid = '', gid = '', ...home] = stdout.split('\n');
    return { name, uid: Number(uid), gid: Number(gid), home: home.join('\n') };
  },
  absent: { name: '', uid: 0, gid: 0, home: '' },
  cost: 'cheap',
  tools: ['id'],
});
