// One play: batch by batch, section by section; every host finishes a task before the next begins.
import type { Play, Section } from '../program/types.ts';
import { tasksOfPlay } from '../program/walk.ts';
import type { HostRun } from './host-run.ts';
import { flushHandlers } from './flush-handlers.ts';
import { runNodes } from './run-nodes.ts';
import type { BatchRun, SlotSurroundings } from './run-slot.ts';

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
export async function runPlay(around: Pick<SlotSurroundings, 'engine' | 'loginOf'>, play: Play): Promise<PlayEnd> {
  const { engine } = around;
  const alive = play.hosts.flatMap(name => engine.hosts.get(name) ?? []).filter(host => host.standing === 'alive');
  engine.emit({ kind: 'play-started', play: play.name, hosts: alive.map(host => host.name), ...(play.at && { at: play.at }) });
  const notDone: string[] = [];
  let isOver = alive.length === 0 && play.hosts.length > 0;
  for (const names of play.batches) {
    const hosts = alive.filter(host => names.includes(host.name));
    if (isOver || engine.stop.aborted) notDone.push(...tasksOfPlay(play).map(({ slot }) => slot.ref.name));
    else if (hosts.length > 0) {
      const batch: BatchRun = { hosts, notDone, notBegun: new Set(), isFatal: false };
      isOver = await runBatch({ ...around, playHosts: play.hosts, batch, isRescuable: false, rescuesLost: false }, play);
    }
  }
  return { isOver, notDone: [...new Set(notDone)] };
}

async function runBatch(around: SlotSurroundings, play: Play): Promise<boolean> {
  const { hosts } = around.batch;
  let isOver = false;
  for (const section of play.sections) {
    if (section.always) revive(hosts);
    if (isOver && !section.always) around.batch.notDone.push(...tasksOfPlay({ sections: [section] }).map(({ slot }) => slot.ref.name));
    else await runNodes(around, section.tasks, hosts);
    isOver ||= !hosts.some(host => host.standing === 'alive');
    if (FLUSH_AFTER.has(section.name) && !isOver) await flushHandlers(around, play, hosts);
  }
  return isOver;
}

/** A section that always runs takes back the hosts that failed: what was broken must be put right. */
function revive(hosts: readonly HostRun[]): void {
  for (const host of hosts) if (host.standing === 'failed') host.standing = 'alive';
}
