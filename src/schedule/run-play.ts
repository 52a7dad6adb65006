// One play: batch by batch, section by section, task by task; every host finishes a task before the next begins.
import type { Play, Section } from '../program/types.ts';
import type { HostRun } from './host-run.ts';
import { flushHandlers } from './flush-handlers.ts';
import { runSlot, type SlotSurroundings } from './run-slot.ts';

/** Sections after which handlers run. */
const FLUSH_AFTER: ReadonlySet<Section['name']> = new Set(['pre_tasks', 'tasks', 'post_tasks', 'verify', 'restore']);

/** How a play ended. */
export interface PlayEnd {
  /** A whole batch was lost, or something failed that is everyone's: nothing further runs. */
  readonly isOver: boolean;
  /** Tasks that were not begun, by name. */
  readonly notDone: readonly string[];
}

/** Runs a play on the hosts that are still with us. */
export async function runPlay(around: Omit<SlotSurroundings, 'playHosts'>, play: Play): Promise<PlayEnd> {
  const { engine } = around;
  const alive = play.hosts.flatMap(name => engine.hosts.get(name) ?? []).filter(host => host.standing === 'alive');
  engine.emit({ kind: 'play-started', play: play.name, hosts: alive.map(host => host.name), ...(play.at && { at: play.at }) });
  const notDone: string[] = [];
  let isOver = alive.length === 0 && play.hosts.length > 0;
  for (const batch of play.batches) {
    const hosts = alive.filter(host => batch.includes(host.name));
    if (isOver || engine.stop.aborted) notDone.push(...play.sections.flatMap(section => section.tasks.map(task => task.ref.name)));
    else if (hosts.length > 0) isOver = await runBatch({ ...around, playHosts: play.hosts }, play, hosts, notDone);
  }
  return { isOver, notDone: [...new Set(notDone)] };
}

async function runBatch(around: SlotSurroundings, play: Play, hosts: readonly HostRun[], notDone: string[]): Promise<boolean> {
  let isOver = false;
  for (const section of play.sections) {
    if (section.always) revive(hosts);
    for (const slot of section.tasks) {
      if (around.engine.stop.aborted || (isOver && !section.always)) {
        notDone.push(slot.ref.name);
        continue;
      }
      const before = hosts.filter(host => host.standing === 'alive').length;
      const { isFine, notBegun } = await runSlot(around, slot, hosts);
      if (notBegun.length > 0) notDone.push(`${slot.ref.name} on ${notBegun.map(host => host.name).join(', ')}`);
      const left = hosts.filter(host => host.standing === 'alive').length;
      isOver ||= !isFine || left === 0 || (play.anyErrorsFatal && left < before);
    }
    if (FLUSH_AFTER.has(section.name) && !isOver) await flushHandlers(around, play, hosts);
  }
  return isOver;
}

/** A section that always runs takes back the hosts that failed: what was broken must be put right. */
function revive(hosts: readonly HostRun[]): void {
  for (const host of hosts) if (host.standing === 'failed') host.standing = 'alive';
}
