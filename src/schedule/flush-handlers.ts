// Handlers: in definition order, once per host and flush, however often they were notified.
import type { Play } from '../program/types.ts';
import type { HostRun } from './host-run.ts';
import { runSlot, type SlotSurroundings } from './run-slot.ts';

/** Runs the handlers that these hosts owe. A handler may notify a later one, which then runs in the same flush. */
export async function flushHandlers(around: SlotSurroundings, play: Play, hosts: readonly HostRun[]): Promise<void> {
  for (const handler of play.handlers) {
    if (around.engine.stop.aborted) return;
    const owing = hosts.filter(host => host.standing === 'alive' && host.notified.has(handler.ref.id));
    const certain = owing.filter(host => host.notified.get(handler.ref.id)?.length === 0);
    for (const host of owing) {
      const because = host.notified.get(handler.ref.id) ?? [];
      host.notified.delete(handler.ref.id);
      if (because.length > 0) reportUncertain(around, handler, host, because);
    }
    if (certain.length === 0) continue;
    const { notBegun } = await runSlot(around, handler, certain);
    for (const host of notBegun) host.notify(handler.ref.id, []);
  }
}

function reportUncertain(around: SlotSurroundings, handler: Play['handlers'][number], host: HostRun, because: readonly string[]): void {
  const { emit } = around.engine;
  emit({ kind: 'task-started', task: handler.ref, hosts: [host.name] });
  emit({
    kind: 'task-result',
    task: handler.ref,
    host: host.name,
    status: 'unknown',
    changes: [],
    assumes: [],
    message: because.join('; '),
    ignored: false,
    milliseconds: 0,
  });
}
