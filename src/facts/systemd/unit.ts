// Fact: the state of one systemd unit, as far as a change can foretell it. Process ids and times are facts of their own.
import { sh, type ShellText } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import type { ProbeOutput, Together } from '../contract.ts';
import { resource } from '../resource.ts';

/** One unit, in systemd's own words. */
export interface UnitState {
  /** `loaded`, `not-found`, `masked`, `bad-setting`, `error`; `no-systemd` where systemd does not run. */
  readonly load: string;
  /** `active`, `reloading`, `inactive`, `failed`, `activating`, `deactivating`. */
  readonly active: string;
  /** `enabled`, `disabled`, `static`, `masked`, `generated`, `indirect`, …; empty when there is no unit file. */
  readonly enabled: string;
  /** Whether its files are newer than what systemd has read. */
  readonly needsReload: boolean;
}

const NO_UNIT: UnitState = { load: 'not-found', active: 'inactive', enabled: '', needsReload: false };

/** A unit by its full name, suffix included: `zookeeper.service`. */
export const unitState = defineFact({
  name: 'systemd.unit',
  summary: 'whether a unit is loaded, active and enabled, and whether systemd has read its newest files',
  probe: ({ unit }: { readonly unit: string }) => sh`
command -v systemctl >/dev/null && [ -d /run/systemd/system ] || { echo LoadState=no-systemd; exit 0; }
systemctl show -p LoadState -p ActiveState -p UnitFileState -p NeedDaemonReload -- ${unit}`,
  together: unitsTogether(
    units => sh`systemctl show -p LoadState -p ActiveState -p UnitFileState -p NeedDaemonReload -- ${units}`,
    (output, unit) => parseUnit(output, unit),
  ),
  reads: ({ unit }) => [resource.unit(unit)],
  parse: (output, { unit }): UnitState => parseUnit(output, unit),
  absent: NO_UNIT,
  cost: 'cheap',
});

function parseUnit({ stdout, stderr, status }: ProbeOutput, unit: string): UnitState {
  const properties = readProperties(stdout);
  const load = properties.get('LoadState');
  if (load === undefined) throw new Error(`systemd says nothing of unit ${JSON.stringify(unit)}: ${stderr.trim() || `status ${status}`}`);
  return {
    load,
    active: properties.get('ActiveState') ?? NO_UNIT.active,
    enabled: properties.get('UnitFileState') ?? NO_UNIT.enabled,
    needsReload: properties.get('NeedDaemonReload') === 'yes',
  };
}

/** The `Name=value` lines of `systemctl show`. */
export function readProperties(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap(line => {
      const at = line.indexOf('=');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
    }),
  );
}

/** Several units in one call: systemd prints a block for each, in order, with an empty line between. */
export function unitsTogether<V>(
  show: (units: readonly string[]) => ShellText,
  parse: (output: ProbeOutput, unit: string) => V,
): Together<{ readonly unit: string }, V> {
  return {
    probe: all => sh`
command -v systemctl >/dev/null && [ -d /run/systemd/system ] || exit 1
${show(all.map(({ unit }) => unit))}`,
    parse: (output, all) => {
      const blocks = output.stdout.trimEnd().split('\n\n');
      if (output.status !== 0 || blocks.length !== all.length) return undefined;
      return all.map(({ unit }, index) => parse({ ...output, stdout: blocks[index] ?? '' }, unit));
    },
  };
}
