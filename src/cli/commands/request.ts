// From the flags of a command to a request: the same for run, verify and lint.
import { CONNECTION_WORDS } from '../../load/variables/connection-variables.ts';
import type { Mode } from '../../report/events.ts';
import type { ConnectionChoices } from '../../schedule/hosts/connection-choices.ts';
import type { BecomeMethod } from '../../util/become-method.ts';
import type { RunRequest } from '../compile-request.ts';

/** Flags that some commands have and others lack. */
export interface RunFlags {
  readonly inventory?: readonly string[] | undefined;
  readonly limit?: string | undefined;
  readonly extraVars?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly skipTags?: readonly string[] | undefined;
  readonly startAtTask?: string | undefined;
  readonly forks?: number | undefined;
  readonly diff?: boolean | undefined;
  readonly prove?: boolean | undefined;
  readonly thorough?: boolean | undefined;
  readonly oneByOne?: boolean | undefined;
  readonly forceHandlers?: boolean | undefined;
  readonly from?: string | undefined;
  readonly become?: boolean | undefined;
  readonly becomeUser?: string | undefined;
  readonly user?: string | undefined;
  readonly privateKey?: string | undefined;
  readonly connection?: string | undefined;
  readonly timeout?: number | undefined;
  readonly sshCommonArgs?: string | undefined;
  readonly sshExtraArgs?: string | undefined;
  readonly becomeMethod?: BecomeMethod | undefined;
  readonly waitLock?: number | undefined;
  readonly breakLock?: boolean | undefined;
}

/** The request for one playbook. */
export function requestFrom(flags: RunFlags, playbook: string, mode: Mode): RunRequest {
  const inventory = inventoriesOf(flags.inventory);
  return {
    playbook,
    ...(inventory !== undefined && { inventory }),
    ...(flags.limit !== undefined && { limit: flags.limit }),
    extraVars: flags.extraVars ?? [],
    tags: { only: flags.tags ?? [], skip: flags.skipTags ?? [] },
    ...(flags.startAtTask !== undefined && { startAtTask: flags.startAtTask }),
    mode,
    forks: flags.forks ?? 50,
    diff: flags.diff ?? false,
    prove: flags.prove ?? false,
    ...(flags.thorough === true && { thorough: true }),
    ...(flags.oneByOne === true && { oneByOne: true }),
    ...(flags.forceHandlers === true && { forceHandlers: true }),
    ...(flags.from !== undefined && { from: flags.from }),
    ...(flags.become === true && { become: true }),
    ...(flags.becomeUser !== undefined && { becomeUser: flags.becomeUser }),
    connection: connectionFrom(flags),
    ...turnOf(flags),
    cwd: process.cwd(),
  };
}

/** What is to be done about another run that changes a host. */
export function turnOf({ waitLock, breakLock }: Pick<RunFlags, 'waitLock' | 'breakLock'>): Pick<RunRequest, 'waitLock' | 'breakLock'> {
  return { ...(waitLock !== undefined && { waitLock }), ...(breakLock === true && { breakLock }) };
}

/** How hosts are reached, as far as the command line says. */
export function connectionFrom(
  flags: Pick<RunFlags, 'user' | 'privateKey' | 'becomeMethod' | 'connection' | 'timeout' | 'sshCommonArgs' | 'sshExtraArgs'>,
): ConnectionChoices {
  const { user, privateKey, becomeMethod, connection, timeout, sshCommonArgs, sshExtraArgs } = flags;
  return {
    ...(user !== undefined && { user }),
    ...(privateKey !== undefined && { privateKey }),
    ...(becomeMethod !== undefined && { becomeMethod }),
    ...(connection !== undefined && { connection: CONNECTION_WORDS[connection] ?? connection }),
    ...(timeout !== undefined && { timeout }),
    sshArguments: {
      ...(sshCommonArgs !== undefined && { ssh_common_args: sshCommonArgs }),
      ...(sshExtraArgs !== undefined && { ssh_extra_args: sshExtraArgs }),
    },
  };
}

/** The inventories of a command line; a single one by itself. */
export function inventoriesOf(given: readonly string[] | undefined): string | readonly string[] | undefined {
  return given === undefined || given.length < 2 ? given?.[0] : given;
}
