// Why systemd cannot start a unit, in words.
import type { UnitState } from '../../facts/systemd/unit.ts';

/** Words for a person; undefined when nothing stands in the way of a start. */
export function unitProblem(unit: string, { load }: Pick<UnitState, 'load'>): string | undefined {
  switch (load) {
    case 'no-systemd':
      return 'systemd does not run on the host; start the service by what does';
    case 'masked':
      return `unit "${unit}" is masked; unmask it first: systemctl unmask ${unit}`;
    case 'not-found':
      return `no unit "${unit}" on the host; let a package or systemd.unit bring it before this task`;
    case 'bad-setting':
    case 'error':
      return `systemd cannot read unit "${unit}" (${load}); look with: systemctl status ${unit}`;
    default:
      return undefined;
  }
}
