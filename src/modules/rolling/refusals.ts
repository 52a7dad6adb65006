// What a roll refuses before anything is touched, in words.
import { unmet } from '../steps.ts';
import type { Unmet } from '../steps.ts';
import { templateOf } from '../systemd/unit-name.ts';
import { unitProblem } from '../systemd/unit-problem.ts';
import type { AnyMember } from './contract.ts';
import type { RollingParams } from './params.ts';

/** A member whose unit systemd cannot start; an instance may be not there yet: its template makes it. */
export function refuseUnit({ unit }: RollingParams, member: AnyMember): readonly Unmet[] {
  const isInstance = templateOf(unit) !== undefined && member.unit.load === 'not-found';
  const problem = isInstance ? undefined : unitProblem(unit, member.unit);
  return problem === undefined ? [] : [unmet(problem, member.name)];
}

/** Somebody stopped members, and another one is due. */
export function refuseStopped({ unit }: RollingParams, next: string, stopped: readonly string[]): Unmet {
  const one = stopped.length === 1;
  return unmet(
    `${next} needs a restart, but ${unit} was stopped on ${stopped.join(' and ')}, and two members would be down at once; start ${one ? 'it' : 'them'} (systemctl start ${unit}) or find out why ${one ? 'it was' : 'they were'} stopped`,
    next,
  );
}

/** Members cannot be asked, and another one is due. */
export function refuseAway(next: string, away: readonly string[]): Unmet {
  const one = away.length === 1;
  return unmet(
    `${next} needs a restart, but ${away.join(' and ')} cannot be reached, and two members might be down at once; bring ${one ? 'it' : 'them'} back first`,
    next,
  );
}

/** The first member has the mark, and what is put back runs there. */
export function refuseToClose(first: string): Unmet {
  return unmet(`${first} cannot be reached; bring it back and run again`, first);
}
