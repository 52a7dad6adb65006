// `meta`: what a task asks of the run itself, for those hosts for which its conditions hold.
import { resource } from '../../facts/resource.ts';
import type { TaskSlot } from '../../program/types.ts';
import { specOf } from '../../program/walk.ts';
import { Unknown } from '../../util/unknown.ts';
import { userFor } from '../hosts/become.ts';
import { isCheck } from '../state/engine.ts';
import { holdAll } from '../values/hold.ts';
import type { HostRun } from '../state/host-run.ts';
import { failureOf } from '../tasks/outcome-of-error.ts';
import { doubtsOf, failTask, guarded, type SlotSurroundings } from './run-slot.ts';

/** Does it. No result is told of it, as Ansible has it, unless its conditions cannot be looked at. */
export async function runMeta(around: SlotSurroundings, slot: TaskSlot, hosts: readonly HostRun[]): Promise<void> {
  const { batch } = around;
  const node = slot.specs[0]?.params['action'];
  const action = node?.kind === 'value' && typeof node.value === 'string' ? node.value : '';
  const { chosen, doubtful } = await choose(around, slot, hosts);
  switch (action) {
    case 'flush_handlers':
      if (chosen.length > 0) await batch.flush(around, chosen);
      return;
    case 'end_role':
      for (const host of chosen) host.standing = 'waiting';
      for (const [host, because] of doubtful) around.roleDoubts?.set(host.name, [...(around.roleDoubts.get(host.name) ?? []), ...because]);
      return;
    case 'end_host':
    case 'end_batch':
    case 'end_play':
      for (const host of chosen) host.standing = 'left';
      for (const [host, because] of doubtful) batch.doubts.set(host.name, [...(batch.doubts.get(host.name) ?? []), ...because]);
      // Each host is asked: a play has ended when it has for all.
      if (action === 'end_play' && chosen.length > 0 && batch.hosts.every(({ standing }) => standing !== 'alive' && standing !== 'waiting'))
        batch.isEnded = true;
      return;
    case 'clear_facts':
      if (!isCheck(around.engine)) for (const host of chosen) host.facts.disturb([resource.anything]);
      return;
    case 'clear_host_errors':
      if (chosen.length > 0) for (const host of batch.hosts) host.isCleared = host.standing === 'failed' || host.standing === 'lost';
      return;
    case 'reset_connection':
      if (!isCheck(around.engine)) await Promise.all(chosen.map(host => renew(around, host)));
      return;
    default:
  }
}

async function renew({ engine }: SlotSurroundings, host: HostRun): Promise<void> {
  await engine.sessions.renew(host.name);
  // The shell that had taken the turn is gone.
  host.turns.clear();
}

interface Choice {
  readonly chosen: readonly HostRun[];
  readonly doubtful: ReadonlyMap<HostRun, readonly string[]>;
}

async function choose(outer: SlotSurroundings, slot: TaskSlot, hosts: readonly HostRun[]): Promise<Choice> {
  const { engine, playHosts, loginOf, isRescuable, rescuesLost } = outer;
  const chosen = new Set<HostRun>();
  const doubtful = new Map<HostRun, readonly string[]>();
  await Promise.all(
    hosts
      .filter(host => host.standing === 'alive')
      .map(async host => {
        const spec = specOf(slot, host.name);
        if (spec === undefined) return;
        const turn = { engine, host, slot, spec, isRescuable, rescuesLost };
        const around = { playHosts, spec, extraValues: outer.passes?.get(host.name)?.values ?? {} };
        const doubts = doubtsOf(outer, host);
        await guarded(turn, async () => {
          try {
            const holds = await holdAll({ engine, host, user: userFor(spec, loginOf(host.name)) }, around, spec.when, doubts);
            if (holds === true) chosen.add(host);
            else if (holds instanceof Unknown) doubtful.set(host, holds.because);
          } catch (error) {
            failTask(turn, failureOf(error).message ?? '');
          }
          return true;
        });
      }),
  );
  return { chosen: hosts.filter(host => chosen.has(host)), doubtful };
}
