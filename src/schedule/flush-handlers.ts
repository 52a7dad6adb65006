// Handlers: in definition order, once per host and flush, however often they were notified.
import type { Play } from '../program/types.ts';
import type { HostRun } from './host-run.ts';
import { runSlot, type SlotSurroundings } from './run-slot.ts';

/**
 * Runs the handlers that these hosts owe. A handler may notify a later one, which then runs in the same flush.
 * In a dry run one that was notified by what is unknown is unknown itself, and so is what it would touch and notify.
 */
export async function flushHandlers(around: SlotSurroundings, play: Play, hosts: readonly HostRun[]): Promise<void> {
  for (const handler of play.handlers) {
    if (around.engine.stop.aborted) return;
    const owing = hosts.filter(host => host.standing === 'alive' && host.notified.has(handler.ref.id));
    if (owing.length === 0) continue;
    const doubts = new Map(owing.map(host => [host.name, host.notified.get(handler.ref.id) ?? []]));
    for (const host of owing) host.notified.delete(handler.ref.id);
    const { notBegun } = await runSlot({ ...around, doubts }, handler, owing);
    for (const host of notBegun) host.notify(handler.ref.id, doubts.get(host.name) ?? []);
  }
}
