// Facts about accounts: what the host's user and group databases say of one name.
import { sh } from '../util/shell.ts';
import { defineFact } from './contract.ts';
import type { ProbeOutput } from './contract.ts';
import { resource } from './resource.ts';

/** One user; ids are null and texts empty while there is none. */
export interface UserAccount {
  readonly exists: boolean;
  readonly uid: number | null;
  readonly gid: number | null;
  /** Name of the primary group; its number as text when no group bears it. */
  readonly group: string;
  readonly home: string;
  readonly shell: string;
  /** The GECOS field as it stands. */
  readonly comment: string;
  /** Supplementary groups, sorted, without the primary one. */
  readonly groups: readonly string[];
}

/** One group; the id is null while there is none. */
export interface GroupAccount {
  readonly exists: boolean;
  readonly gid: number | null;
}

const NO_USER: UserAccount = { exists: false, uid: null, gid: null, group: '', home: '', shell: '', comment: '', groups: [] };
const NO_GROUP: GroupAccount = { exists: false, gid: null };

/** A user by name. A number is a name like any other here, never an id. */
export const userAccount = defineFact({
  name: 'account.user',
  summary: 'the account of one user: whether it exists, its ids, groups, home and shell',
  probe: ({ name }: { readonly name: string }) => sh`
if command -v getent >/dev/null; then line=$(getent passwd ${name}) || [ $? = 2 ] || exit 3
else line=$(awk -F: -v name=${name} '$1 == name' /etc/passwd); fi
case $line in ${name}:*) ;; *) exit 0 ;; esac
printf '%s\n' "$line"
if command -v id >/dev/null; then id -gn ${name}; id -Gn ${name}
else gid=$(printf '%s' "$line" | awk -F: '{ print $4 }')
  awk -F: -v gid="$gid" '$3 == gid { print $1; found = 1; exit } END { if (!found) print gid }' /etc/group
  awk -F: -v name=${name} '{ n = split($4, member, ","); for (i = 1; i <= n; i++) if (member[i] == name) printf "%s ", $1 }' /etc/group
fi 2>/dev/null
exit 0`,
  reads: ({ name }) => [resource.user(name), resource.path('/etc/passwd'), resource.path('/etc/group')],
  parse: (output): UserAccount => parseUser(output),
  absent: NO_USER,
  cost: 'cheap',
});

/** A group by name. A number is a name like any other here, never an id. */
export const groupAccount = defineFact({
  name: 'account.group',
  summary: 'one group: whether it exists, and its id',
  probe: ({ name }: { readonly name: string }) => sh`
if command -v getent >/dev/null; then line=$(getent group ${name}) || [ $? = 2 ] || exit 3
else line=$(awk -F: -v name=${name} '$1 == name' /etc/group); fi
case $line in ${name}:*) printf '%s\n' "$line" ;; esac
exit 0`,
  reads: ({ name }) => [resource.group(name), resource.path('/etc/group')],
  parse: (output): GroupAccount => parseGroup(output),
  together: {
    probe: all => sh`
command -v getent >/dev/null || exit 3
getent group ${all.map(({ name }) => name)}`,
    parse: (output, all) => {
      // 2: not all of them are there.
      if (output.status !== 0 && output.status !== 2) return undefined;
      const lines = output.stdout.split('\n');
      return all.map(({ name }) => parseGroup({ ...output, status: 0, stdout: lines.find(line => line.startsWith(`${name}:`)) ?? '' }));
    },
  },
  absent: NO_GROUP,
  cost: 'cheap',
});

function parseUser({ stdout, stderr, status }: ProbeOutput): UserAccount {
  if (status !== 0) throw new Error(`the user database cannot be read: ${stderr.trim() || `status ${status}`}`);
  const [line = '', primary = '', all = ''] = stdout.split('\n');
  if (line === '') return NO_USER;
  const [, , uid = '', gid = '', comment = '', home = '', shell = ''] = line.split(':');
  const group = primary.trim() || gid;
  const names = new Set(all.split(/\s+/).filter(name => name !== '' && name !== group));
  return { exists: true, uid: readId(uid, line), gid: readId(gid, line), group, home, shell, comment, groups: [...names].sort() };
}

function parseGroup({ stdout, stderr, status }: ProbeOutput): GroupAccount {
  if (status !== 0) throw new Error(`the group database cannot be read: ${stderr.trim() || `status ${status}`}`);
  const line = stdout.split('\n')[0] ?? '';
  return line === '' ? NO_GROUP : { exists: true, gid: readId(line.split(':')[2] ?? '', line) };
}

function readId(text: string, line: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`an account's id is a number, got ${JSON.stringify(text)} in ${JSON.stringify(line)}`);
  return Number(text);
}

/** What a new home directory is filled with. */
export const homeSkeleton = defineFact({
  name: 'account.skeleton',
  summary: 'names in /etc/skel, which a new home directory is filled with',
  probe: () => sh`ls -A /etc/skel 2>/dev/null || true`,
  reads: () => [resource.tree('/etc/skel')],
  parse: ({ stdout }) => ({ names: stdout.split('\n').filter(name => name !== '') }),
  absent: { names: [] as readonly string[] },
  cost: 'cheap',
});

/** What a host changes by itself when a user gets another primary group: `usermod` gives it what the old group has in a home of the user's own. */
export const homeBelongings = defineFact({
  name: 'account.belongings',
  summary: 'paths in the home of a user that go along to another primary group; none while it is that group already',
  probe: ({ name, group }: { readonly name: string; readonly group: string }) => sh`
old=$(id -g ${name} 2>/dev/null) && [ "$(id -gn ${name})" != ${group} ] || exit 0
home=$(getent passwd ${name} | awk -F: '{ print $6 }')
[ -d "$home" ] && [ "$(stat -c %u "$home")" = "$(id -u ${name})" ] || exit 0
LC_ALL=C find "$home" -group "$old"`,
  reads: ({ name, group }) => [resource.user(name), resource.group(group), resource.path('/etc/passwd'), resource.path('/etc/group')],
  parse: ({ stdout }) => ({ paths: stdout.split('\n').filter(path => path !== '') }),
  absent: { paths: [] as readonly string[] },
  cost: 'cheap',
});
