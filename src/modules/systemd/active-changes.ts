// Whether a unit runs.
import type { FactSet } from '../../facts/contract.ts';
import { portListening } from '../../facts/network/port.ts';
import { resource } from '../../facts/resource.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import { sh } from '../../util/shell.ts';
import type { ShellText } from '../../util/shell.ts';
import { run } from '../actions.ts';
import { change } from '../steps.ts';
import type { Change, Step } from '../steps.ts';

interface Wanted {
  readonly state?: 'started' | 'stopped' | 'restarted' | 'reloaded' | undefined;
  readonly ports: readonly number[];
}
interface Have {
  readonly unit: { readonly load: string; readonly active: string; readonly needsReload: boolean };
}

/** Starting a JVM on a slow host takes its time; systemd's own limit is 90 seconds a unit. */
const TIMEOUT = 300;

/** A change when the state is otherwise, or when it is one of those that act every time. */
export function activeChanges(unit: string, { state, ports }: Wanted, have: Have): readonly Step[] {
  const { load, active, needsReload } = have.unit;
  // Only an instance of a template comes this far without being loaded: it is, once it starts.
  const loaded = load === 'not-found' ? { load: 'loaded' } : {};
  const act = (attribute: string, from: string, to: string, command: ShellText, after: 'active' | 'inactive'): Change =>
    change(attribute, from, to, {
      actions: [run(needsReload ? sh`systemctl daemon-reload && ${command}` : command, { timeout: TIMEOUT })],
      sets: [unitState({ unit }).with({ ...loaded, active: after, needsReload: false }), ...portSets(unit, ports, after === 'active')],
      touches: [resource.unit(unit), ...ports.map(resource.port)],
    });
  switch (state) {
    case undefined:
      return [];
    case 'started':
      return active === 'active' || active === 'reloading'
        ? []
        : [act('active', active, 'active', staying(unit, sh`systemctl start -- ${unit}`), 'active')];
    case 'stopped':
      return active === 'inactive' || active === 'failed' ? [] : [act('active', active, 'inactive', stop(unit), 'inactive')];
    case 'restarted':
      return [act('restarted', active, 'restarted', staying(unit, sh`systemctl restart -- ${unit}`), 'active')];
    case 'reloaded':
      return [act('reloaded', active, 'reloaded', staying(unit, sh`systemctl reload-or-restart -- ${unit}`), 'active')];
    default:
      return state satisfies never;
  }
}

/**
 * Starts a unit and makes sure that it stays. For a simple service systemctl is content once the process was forked, so it is given a second to fall.
 * systemctl only says that it failed: the unit's own last words are shown with it.
 */
function staying(unit: string, command: ShellText): ShellText {
  return sh`{ ${command} && case $(systemctl show -p Type --value -- ${unit}) in simple|exec|idle) sleep 1 ;; esac && systemctl -q is-active -- ${unit}; } || {
systemctl status --no-pager --full --lines=20 -- ${unit} >&2
echo ${`unit ${unit} does not stay active`} >&2
exit 1; }`;
}

/** A program that answers the request to end with a status of its own counts as failed; it was told to, so that is forgotten. */
function stop(unit: string): ShellText {
  return sh`systemctl stop -- ${unit} && { ! systemctl -q is-failed -- ${unit} || systemctl reset-failed -- ${unit}; }`;
}

function portSets(unit: string, ports: readonly number[], listening: boolean): readonly FactSet[] {
  const why = listening ? `unit ${unit} listens on` : `only unit ${unit} listens on`;
  return ports.map(port => portListening({ port }).becomes({ listening }, `${why} port ${port}`));
}
