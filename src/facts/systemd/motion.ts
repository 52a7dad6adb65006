// Fact: whether a unit is on its way up or down at this moment. A run that begins where another was killed looks before it acts.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';
import { unitsTogether } from './unit.ts';

/** `still`: up, down or failed; `starting` and `stopping`: on its way; `retrying`: it failed and systemd will start it again. */
export type UnitMotion = 'still' | 'starting' | 'stopping' | 'retrying';

/** A unit by its full name. */
export const unitMotion = defineFact({
  name: 'systemd.motion',
  summary: 'whether a unit is starting, stopping, waiting to be started again after a failure, or none of these',
  probe: ({ unit }: { readonly unit: string }) => sh`systemctl show -p ActiveState -p SubState -p Job -- ${unit} 2>/dev/null; exit 0`,
  together: unitsTogether(
    units => sh`systemctl show -p ActiveState -p SubState -p Job -- ${units}`,
    ({ stdout }) => motionOf(stdout),
  ),
  // A resource of its own: writing a unit's file or enabling it sets nothing in motion, and a dry run must know that.
  reads: ({ unit }) => [resource.unit(`${unit} in motion`)],
  parse: ({ stdout }): UnitMotion => motionOf(stdout),
  absent: 'still',
  cost: 'cheap',
});

function motionOf(text: string): UnitMotion {
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';
  const active = value('ActiveState');
  // Newer versions say auto-restart-queued once the time between two tries is over.
  if (value('SubState').startsWith('auto-restart')) return 'retrying';
  if (active === 'deactivating') return 'stopping';
  // A restart is one job: it is there from the moment it is asked for, while the unit still counts as active.
  const hasJob = value('Job') !== '' && value('Job') !== '0';
  return active === 'activating' || active === 'reloading' || hasJob ? 'starting' : 'still';
}
