// How the password hash of a user is set. Neither the old nor the new one shows.
import { resource } from '../../facts/resource.ts';
import { run } from '../actions.ts';
import { differs } from '../steps.ts';
import type { Step } from '../steps.ts';
import { userPassword } from '../../facts/password.ts';
import { setPassword } from './user-commands.ts';
import type { UserHave } from './user-facts.ts';
import type { UserParams } from './user-params.ts';

/** A change when a hash was given and is not the one on the host. */
export function passwordChange(p: UserParams, have: UserHave): readonly Step[] {
  if (p.password === undefined || have.password === undefined) return [];
  return differs('password', have.password.hash, p.password, {
    actions: [run(setPassword(p.name, p.password))],
    sets: [userPassword({ name: p.name }).becomes({ hash: p.password })],
    touches: [resource.path('/etc/shadow')],
  });
}
