// Fact: whose primary group a group is. Such a group cannot be removed.
import { sh } from '../util/shell.ts';
import { defineFact } from './contract.ts';
import { resource } from './resource.ts';

/** The users whose primary group it is, sorted. */
export interface GroupUsers {
  readonly users: readonly string[];
}

/** By the group's name. Empty for a group that is not there. */
export const groupUsers = defineFact({
  name: 'account.group-users',
  summary: 'the users whose primary group a group is',
  probe: ({ name }: { readonly name: string }) => sh`
if command -v getent >/dev/null; then { getent group ${name} && getent passwd; } || exit 0
else { awk -F: -v name=${name} '$1 == name' /etc/group && cat /etc/passwd; } || exit 0; fi | awk -F: -v name=${name} '
NR == 1 { if ($1 != name) exit; gid = $3; next }
$4 == gid { print $1 }'`,
  reads: ({ name }) => [resource.group(name), resource.path('/etc/passwd')],
  parse: ({ stdout }): GroupUsers => ({
    users: stdout
      .split('\n')
      .filter(line => line !== '')
      .sort(),
  }),
  absent: { users: [] },
  cost: 'cheap',
});
