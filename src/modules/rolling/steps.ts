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
import { firstHost, memberOf } from './params.ts';
import type { RollingParams } from './params.ts';
import { markOf, startNow } from './view.ts';
import type { RollFacts } from './view.ts';

/** Starts a member that does not run. */
export function start(d: AnyRolling, p: RollingParams, member: AnyMember): Change {
  const verb = member.state === 'failed' ? sh`restart` : sh`start`;
  return change(attributeOf(p, member, 'running'), false, true, afterStart(d, p, member, verb));
}

/** Restarts a member that runs with other files than those that are there now. */
export function restart(d: AnyRolling, p: RollingParams, member: AnyMember): Change {
  const { from, to } = member.due ?? { from: '', to: '' };
  return change(attributeOf(p, member, 'started with'), from, to, afterStart(d, p, member, sh`restart`));
}

/** A job that is under way is somebody's, perhaps a killed run's: it is waited for, not doubled. */
export function waitUntilStill(p: RollingParams, { name }: AnyMember): Wait {
  const { host, unit } = memberOf(p, name);
  const later = unknown(`${unit} is on its way up or down on ${name} at this moment, and how it ends shows when it has`) as never;
  return waitFor({
    for: `${unit} to have started or stopped on ${name}`,
    until: sh`
state=$(systemctl show -p ActiveState -p SubState -p Job -- ${unit})
case $state in *SubState=auto-restart*) exit 0 ;; *ActiveState=*activating*|*ActiveState=reloading*) ;; *Job=[1-9]*) ;; *) exit 0 ;; esac
echo "$state"
exit 1`,
    deadline: p.deadline,
    sets: [
      unitMotion({ unit }).becomes('still'),
      unitState({ unit }).becomes(later),
      startedWith({ record: startRecord(unit) }).becomes(later),
    ],
    touches: [resource.unit(unit), resource.path(startRecord(unit))],
    on: host,
  });
}

/** Leaves the mark: from here on something has to be put back, by this run or by the next. */
export function begin(d: AnyRolling, p: RollingParams, cluster: AnyCluster): Change {
  const path = markOf(p.unit);
  const words = d.remember?.(p, cluster) ?? 'begun';
  const folder = path.slice(0, path.lastIndexOf('/'));
  return change('roll', 'none', 'begun', {
    actions: [run(sh`umask 077 && mkdir -p ${folder} && echo ${words} >${path}`)],
    sets: [fileText({ path }).becomes(`${words}\n`)],
    touches: [resource.path(path)],
    on: firstHost(p),
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
      on: firstHost(p),
    }),
  ];
}

function afterStart(d: AnyRolling, p: RollingParams, member: AnyMember, verb: ShellText): Mending {
  const { host, unit } = memberOf(p, member.name);
  const record = startRecord(unit);
  const now = startNow(p, member.name, member.have as Have<RollFacts>);
  return {
    actions: [run(sh`systemctl reset-failed -- ${unit} 2>/dev/null; systemctl ${verb} -- ${unit}`, { timeout: p.deadline + 300 })],
    sets: [
      unitState({ unit }).with({ active: 'active' }),
      unitMotion({ unit }).becomes('still'),
      startedWith({ record }).becomes(now),
      ...(d.starting?.(p, member) ?? []),
    ],
    touches: [resource.unit(unit), resource.path(record), ...d.touches(p)],
    on: host,
  };
}

/** A host that has several members needs to know whose attribute it is. */
function attributeOf(p: RollingParams, member: AnyMember, attribute: string): string {
  const { host, unit } = memberOf(p, member.name);
  return host === member.name ? attribute : `${unit} ${attribute}`;
}
