// How each host becomes each user: as a task names it, or the command line, or the inventory. Worked out before the first connection.
import { InputError } from '../../errors/errors.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Program, TaskSlot } from '../../program/types.ts';
import { slotsOf } from '../../program/walk.ts';
import type { BecomeSpec } from '../../session/types.ts';
import type { BecomeMethod } from '../../util/become-method.ts';
import { userFor } from './become.ts';
import type { HostConnection } from './connections.ts';

/** By host, and by the user that is become. */
type Methods = Map<string, Map<string, BecomeMethod>>;

/**
 * Whom to become, and how. A host becomes a user once in a run, so in one way: the one that any task of it names.
 * @throws InputError for a host that is to become a user in two ways, or in one that cannot be
 */
export function becomingOf(program: Program, connectionOf: (host: string) => HostConnection): (host: string, user: string) => BecomeSpec {
  const problems: Problem[] = [];
  const named: Methods = new Map();
  for (const slot of slotsOf(program))
    if (slot.specs.some(spec => spec.becomeMethod !== undefined)) nameMethods(slot, named, connectionOf, problems);
  for (const host of new Set(program.plays.flatMap(play => play.hosts))) {
    const { become, login } = connectionOf(host);
    const methods = [...new Set([become.method, ...(named.get(host)?.values() ?? [])])];
    if (become.mode === 'per_task' && methods.includes('su') && login.user !== 'root')
      problems.push({
        what: `become_mode per_task of host ${host} goes by su, which asks ${login.user} for a password each time`,
        advice: 'set become_method: sudo, or log in as root',
      });
  }
  if (problems.length > 0) throw new InputError(problems);
  return (host, user) => {
    const { become } = connectionOf(host);
    return { ...become, method: named.get(host)?.get(user) ?? become.method, user };
  };
}

function nameMethods(slot: TaskSlot, named: Methods, connectionOf: (host: string) => HostConnection, problems: Problem[]): void {
  for (const [host, index] of Object.entries(slot.hosts)) {
    const spec = slot.specs[index];
    const user = spec && userFor(spec, connectionOf(host).login);
    if (spec?.becomeMethod === undefined || user === undefined) continue;
    const methods = named.get(host) ?? new Map<string, BecomeMethod>();
    named.set(host, methods);
    const before = methods.get(user);
    if (before !== undefined && before !== spec.becomeMethod)
      problems.push({
        ...(slot.ref.at && { at: slot.ref.at }),
        what: `"${slot.ref.name}" becomes ${user} on ${host} by ${spec.becomeMethod}, another task by ${before}`,
        advice: 'name one become_method: a host becomes a user once in a run',
      });
    else methods.set(user, spec.becomeMethod);
  }
}
