// The steps of a roll: starting, restarting, waiting for a unit that is on its way, and the mark of what must be put back.
import { fileText } from '../../facts/file/text.ts';
import { resource } from '../../facts/resource.ts';
import { unitMotion } from '../../facts/systemd/motion.ts';
import { startedWith, startRecord } from '../../facts/systemd/started-with.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import { sh } from '../../util/shell.ts';
import type { ShellText } from '../../util/shell.ts';
import { unknown } from '../../util/unknown.ts';
import type { Have } from '../contract.ts';
import { run } from '../actions.ts';
import { change, waitFor } from '../steps.ts';
import type { Change, Mending, Wait } from '../steps.ts';
import type { AnyCluster, AnyMember, AnyRolling } from './contract.ts';
import type { RollingParams } from './params.ts';
import { markOf, startNow } from './view.ts';
import type { RollFacts } from './view.ts';

/** Starts a member that does not run. */
export function start(d: AnyRolling, p: RollingParams, member: AnyMember): Change {
  const verb = member.state === 'failed' ? sh`restart` : sh`start`;
  return change('running', false, true, afterStart(d, p, member, verb));
}

/** Restarts a member that runs with other files than those that are there now. */
export function restart(d: AnyRolling, p: RollingParams, member: AnyMember): Change {
  const { from, to } = member.due ?? { from: '', to: '' };
  return change('started with', from, to, afterStart(d, p, member, sh`restart`));
}

/** A job that is under way is somebody's, perhaps a killed run's: it is waited for, not doubled. */
export function waitUntilStill({ unit, deadline }: RollingParams, { name }: AnyMember): Wait {
  const later = unknown(`${unit} is on its way up or down on ${name} at this moment, and how it ends shows when it has`) as never;
  return waitFor({
    for: `${unit} to have started or stopped on ${name}`,
    until: sh`
state=$(systemctl show -p ActiveState -p SubState -p Job -- ${unit})
case $state in *SubState=auto-restart*) exit 0 ;; *ActiveState=*activating*|*ActiveState=reloading*) ;; *Job=[1-9]*) ;; *) exit 0 ;; esac
echo "$state"
exit 1`,
    deadline,
    sets: [
      unitMotion({ unit }).becomes('still'),
      unitState({ unit }).becomes(later),
      startedWith({ record: startRecord(unit) }).becomes(later),
    ],
    touches: [resource.unit(unit), resource.path(startRecord(unit))],
    on: name,
  });
}

/** Leaves the mark: from here on something has to be put back, by this run or by the next. */
export function begin({ unit, members }: RollingParams): Change {
  const path = markOf(unit);
  const folder = path.slice(0, path.lastIndexOf('/'));
  return change('roll', 'none', 'begun', {
    actions: [run(sh`umask 077 && mkdir -p ${folder} && echo begun >${path}`)],
    sets: [fileText({ path }).becomes('begun\n')],
    touches: [resource.path(path)],
    on: members[0]?.name ?? '',
  });
}

/** Puts back what the roll moved, and takes the mark away. */
export function close(d: AnyRolling, p: RollingParams, cluster: AnyCluster): readonly Change[] {
  const back = d.finally?.(p, cluster);
  if (back === undefined) return [];
  const path = markOf(p.unit);
  return [
    change(back.attribute, back.from, back.to, {
      actions: [run(back.command), run(sh`rm -f ${path}`)],
      sets: [fileText({ path }).becomes(''), ...(back.sets ?? [])],
      touches: [resource.path(path), ...(back.touches ?? [])],
      on: p.members[0]?.name ?? '',
    }),
  ];
}

function afterStart(d: AnyRolling, p: RollingParams, member: AnyMember, verb: ShellText): Mending {
  const { unit } = p;
  const record = startRecord(unit);
  const now = startNow(p, member.have as Have<RollFacts>);
  return {
    actions: [run(sh`systemctl reset-failed -- ${unit} 2>/dev/null; systemctl ${verb} -- ${unit}`, { timeout: p.deadline + 300 })],
    sets: [
      unitState({ unit }).with({ active: 'active' }),
      unitMotion({ unit }).becomes('still'),
      startedWith({ record }).becomes(now),
      ...(d.starting?.(p, member) ?? []),
    ],
    touches: [resource.unit(unit), resource.path(record), ...d.touches(p)],
    on: member.name,
  };
}
