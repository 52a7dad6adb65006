// The hosts that a run has not brought to the described state.
import type { HostRecap } from '../report/events.ts';
import type { RunOutline } from './types.ts';

/**
 * Those that failed or were lost; of a run that was cut short all of them, since what was done already costs nothing.
 * In the order of the run.
 */
export function hostsToRetry({ recap, isCutShort }: RunOutline): readonly string[] {
  return recap.filter(row => isCutShort || isTroubled(row)).map(({ host }) => host);
}

/** Whether a run failed on a host, or lost it. */
export function hasFailed({ recap }: RunOutline, host: string): boolean {
  return recap.some(row => row.host === host && isTroubled(row));
}

function isTroubled({ failed, unreachable }: HostRecap): boolean {
  return failed > 0 || unreachable > 0;
}
