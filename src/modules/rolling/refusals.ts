// What a roll refuses before anything is touched, in words.
import { unmet } from '../steps.ts';
import type { Unmet } from '../steps.ts';
import { templateOf } from '../systemd/unit-name.ts';
import { unitProblem } from '../systemd/unit-problem.ts';
import type { AnyMember } from './contract.ts';
import { memberOf } from './params.ts';
import type { RollingParams } from './params.ts';

/** A member whose unit systemd cannot start; an instance may be not there yet: its template makes it. */
export function refuseUnit(p: RollingParams, member: AnyMember): readonly Unmet[] {
  const { host, unit } = memberOf(p, member.name);
  const isInstance = templateOf(unit) !== undefined && member.unit.load === 'not-found';
  const problem = isInstance ? undefined : unitProblem(unit, member.unit);
  return problem === undefined ? [] : [unmet(problem, host)];
}

/** Somebody stopped members, and another one is due. */
export function refuseStopped(p: RollingParams, next: string, stopped: readonly string[]): Unmet {
  const one = stopped.length === 1;
  const places = stopped.map(name => memberOf(p, name));
  const units = [...new Set(places.map(({ unit }) => unit))].join(' ');
  const hosts = [...new Set(places.map(({ host }) => host))].join(' and ');
  return unmet(
    `${next} needs a restart, but ${units} was stopped on ${hosts}, and two members would be down at once; start ${one ? 'it' : 'them'} (systemctl start ${units}) or find out why ${one ? 'it was' : 'they were'} stopped`,
    memberOf(p, next).host,
  );
}

/** Members cannot be asked, and another one is due. */
export function refuseAway(p: RollingParams, next: string, away: readonly string[]): Unmet {
  const one = away.length === 1;
  return unmet(
    `${next} needs a restart, but ${away.join(' and ')} cannot be reached, and two members might be down at once; bring ${one ? 'it' : 'them'} back first`,
    memberOf(p, next).host,
  );
}

/** The first member has the mark, and what is put back runs there. */
export function refuseToClose(first: string): Unmet {
  return unmet(`${first} cannot be reached; bring it back and run again`, first);
}
