// Fact: the main process of a unit. It differs at every start, so no change foretells it.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';
import { readProperties, unitsTogether } from './unit.ts';

/** What runs for a unit now. */
export interface UnitProcess {
  /** Process id; 0 when nothing runs. */
  readonly pid: number;
  /** When it last became active, as systemd writes it; empty when it never did. */
  readonly since: string;
  /** How often systemd has started it again by itself. */
  readonly restarts: number;
}

const NO_PROCESS: UnitProcess = { pid: 0, since: '', restarts: 0 };

export const unitProcess = defineFact({
  name: 'systemd.process',
  summary: 'the main process of a unit: its id, since when it runs, how often systemd restarted it',
  probe: ({ unit }: { readonly unit: string }) => sh`
command -v systemctl >/dev/null && [ -d /run/systemd/system ] || exit 0
systemctl show -p MainPID -p ActiveEnterTimestamp -p NRestarts -- ${unit}`,
  reads: ({ unit }) => [resource.unit(unit)],
  together: unitsTogether(
    units => sh`systemctl show -p MainPID -p ActiveEnterTimestamp -p NRestarts -- ${units}`,
    ({ stdout }) => parseProcess(stdout),
  ),
  parse: ({ stdout }): UnitProcess => parseProcess(stdout),
  absent: NO_PROCESS,
  cost: 'cheap',
});

function parseProcess(text: string): UnitProcess {
  const properties = readProperties(text);
  return {
    pid: Number(properties.get('MainPID') ?? 0),
    since: properties.get('ActiveEnterTimestamp') ?? '',
    restarts: Number(properties.get('NRestarts') ?? 0),
  };
}
