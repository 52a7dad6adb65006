// From the flags of a command to a request: the same for run, verify and lint.
import { InputError } from '../../errors/errors.ts';
import type { Mode } from '../../report/events.ts';
import type { RunRequest } from '../compile-request.ts';

/** Flags that some commands have and others lack. */
export interface RunFlags {
  readonly inventory?: readonly string[] | undefined;
  readonly limit?: string | undefined;
  readonly extraVars?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly skipTags?: readonly string[] | undefined;
  readonly forks?: number | undefined;
  readonly diff?: boolean | undefined;
  readonly prove?: boolean | undefined;
  readonly thorough?: boolean | undefined;
  readonly oneByOne?: boolean | undefined;
  readonly from?: string | undefined;
  readonly become?: boolean | undefined;
  readonly becomeUser?: string | undefined;
  readonly user?: string | undefined;
  readonly privateKey?: string | undefined;
  readonly waitLock?: number | undefined;
  readonly breakLock?: boolean | undefined;
}

/** The request for one playbook. @throws InputError for two inventories, which cannot be merged yet */
export function requestFrom(flags: RunFlags, playbook: string, mode: Mode): RunRequest {
  const inventory = oneInventory(flags.inventory);
  return {
    playbook,
    ...(inventory !== undefined && { inventory }),
    ...(flags.limit !== undefined && { limit: flags.limit }),
    extraVars: flags.extraVars ?? [],
    tags: { only: flags.tags ?? [], skip: flags.skipTags ?? [] },
    mode,
    forks: flags.forks ?? 50,
    diff: flags.diff ?? false,
    prove: flags.prove ?? false,
    ...(flags.thorough === true && { thorough: true }),
    ...(flags.oneByOne === true && { oneByOne: true }),
    ...(flags.from !== undefined && { from: flags.from }),
    ...(flags.become === true && { become: true }),
    ...(flags.becomeUser !== undefined && { becomeUser: flags.becomeUser }),
    connection: {
      ...(flags.user !== undefined && { user: flags.user }),
      ...(flags.privateKey !== undefined && { privateKey: flags.privateKey }),
    },
    ...turnOf(flags),
    cwd: process.cwd(),
  };
}

/** What is to be done about another run that changes a host. */
export function turnOf({ waitLock, breakLock }: Pick<RunFlags, 'waitLock' | 'breakLock'>): Pick<RunRequest, 'waitLock' | 'breakLock'> {
  return { ...(waitLock !== undefined && { waitLock }), ...(breakLock === true && { breakLock }) };
}

/** The one inventory of a command line. */
export function oneInventory(given: readonly string[] | undefined): string | undefined {
  const [first, ...others] = given ?? [];
  if (others.length > 0)
    throw new InputError([
      {
        what: 'two inventories at once are not there yet',
        got: [first, ...others].join(' and '),
        advice: 'put both files into one directory and name that',
      },
    ]);
  return first;
}
