// Fact: the password hash of a user. It is secret, and only root reads it.
import { defineFact } from './contract.ts';
import { resource } from './resource.ts';
import { secret } from '../util/secret.ts';
import type { Secret } from '../util/secret.ts';
import { sh } from '../util/shell.ts';

/** What stands in the shadow file. */
export interface UserPassword {
  /** A crypt hash; `!` or `*` in front of it lock the account. Empty when there is no such user. */
  readonly hash: Secret;
}

export const userPassword = defineFact({
  name: 'account.password',
  summary: 'the password hash of a user, which is secret',
  probe: ({ name }: { readonly name: string }) => sh`awk -F: -v name=${name} '$1 == name { print $2 }' /etc/shadow`,
  reads: ({ name }) => [resource.user(name), resource.path('/etc/shadow')],
  parse: ({ stdout, stderr, status }): UserPassword => {
    if (status !== 0) throw new Error(`the password file cannot be read: ${stderr.trim()}; let the task become root`);
    return { hash: secret(stdout.split('\n')[0] ?? '') };
  },
  absent: { hash: secret('') },
  cost: 'cheap',
});
