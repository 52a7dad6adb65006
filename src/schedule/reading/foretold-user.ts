// A dry run as a user whom an earlier task will make: nothing can run as them yet, so another reads in their place.
import { userAccount, type UserAccount } from '../../facts/account.ts';
import type { FactRef } from '../../facts/contract.ts';
import { NOBODY } from '../state/fact-store.ts';
import type { HostRun } from '../state/host-run.ts';

/** Who reads in whose place. */
export interface StandIn {
  readonly account: UserAccount & { readonly name: string };
  /** Whom to become for reading: whoever found that the user is not there. Undefined is the login user. */
  readonly reader: string | undefined;
}

/** The stand-in for a user who is only foretold; undefined when the user is there. */
export function standInFor(host: HostRun, user: string | undefined): StandIn | undefined {
  if (user === undefined) return undefined;
  const ref = userAccount({ name: user });
  const reader = host.facts.readerBefore(ref, value => (value as UserAccount).exists);
  if (reader === undefined) return undefined;
  const account = host.facts.peek(ref, reader)?.value as UserAccount;
  return { account: { ...account, name: user }, reader: reader === '' ? undefined : reader };
}

/** Keeps what a fact about the session will say of the foretold user. @returns whether it is such a fact */
export function keepForForetoldUser(host: HostRun, ref: FactRef<unknown>, { account }: StandIn): boolean {
  const value = ref.definition.ofForetoldUser?.(account);
  if (value === undefined) return false;
  host.facts.keep(ref, account.name, value, NOBODY);
  return true;
}
