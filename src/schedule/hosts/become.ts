// Whom a task runs as: nobody else when the login is that user already.
import type { TaskSpec } from '../../program/types.ts';

/** How a host is logged in to, and what its inventory says about becoming. */
export interface HostLogin {
  readonly user: string;
  readonly become: boolean;
  readonly becomeUser: string;
}

/** The user to become, or undefined to stay the login user. */
export function userFor(spec: Pick<TaskSpec, 'become' | 'becomeUser'>, login: HostLogin): string | undefined {
  const user = spec.becomeUser ?? login.becomeUser;
  return (spec.become ?? login.become) && user !== login.user ? user : undefined;
}
