// Handlers: in definition order, once per host and flush, however often they were notified, in this run or in one that did not come to an end.
import type { Play } from '../../program/types.ts';
import { slotsIn, specOf, tasksOfPlay } from '../../program/walk.ts';
import { userFor } from '../hosts/become.ts';
import type { HostRun } from '../state/host-run.ts';
import { forgetOwed, recallOwed } from '../changing/owed-handlers.ts';
import { runNode } from './run-nodes.ts';
import { failTask, guarded, type SlotSurroundings } from './run-slot.ts';
import { TaskFailure } from '../state/task-failure.ts';

/**
 * Runs the handlers that these hosts owe. A handler may notify a later one, which then runs in the same flush.
 * In a dry run one that was notified by what is unknown is unknown itself, and so is what it would touch and notify.
 */
export async function flushHandlers(around: SlotSurroundings, play: Play, hosts: readonly HostRun[]): Promise<void> {
  const { engine } = around;
  const { notBegun } = around.batch;
  const [slot] = play.handlers;
  if (slot === undefined) return;
  const ranOn = new Map<HostRun, string[]>();
  const eachHost = async (all: readonly HostRun[], use: (host: HostRun) => Promise<void>): Promise<void> => {
    const alive = all.filter(host => host.standing === 'alive');
    await Promise.all(
      alive.map(async host => {
        const turn = { engine, host, slot };
        try {
          await guarded(turn, () => use(host).then(() => true));
        } catch (error) {
          if (!(error instanceof TaskFailure)) throw error;
          failTask(turn, error.message);
        }
      }),
    );
  };
  await eachHost(hosts, host => recall(around, play, host));
  for (const handler of play.handlers) {
    if (engine.stop.aborted) break;
    const owing = hosts.filter(host => host.standing === 'alive' && host.notified.has(handler.ref.id));
    if (owing.length === 0) continue;
    const doubts = new Map(owing.map(host => [host.name, host.notified.get(handler.ref.id) ?? []]));
    for (const host of owing) host.notified.delete(handler.ref.id);
    for (const host of owing) notBegun.delete(host);
    await runNode({ ...around, doubts }, handler, owing);
    for (const host of notBegun) host.notify(handler.ref.id, doubts.get(host.name) ?? []);
    for (const host of owing)
      if (host.standing === 'alive' && !notBegun.has(host)) ranOn.set(host, [...(ranOn.get(host) ?? []), handler.ref.id]);
  }
  await eachHost([...ranOn.keys()], host => forgetOwed(engine, host, ranOn.get(host) ?? []));
}

/** Whatever the users of its tasks have left: once, before the first flush of the play. */
async function recall(around: SlotSurroundings, play: Play, host: HostRun): Promise<void> {
  if (host.recalled.has(play)) return;
  host.recalled.add(play);
  const login = around.loginOf(host.name);
  const slots = [...tasksOfPlay(play).map(placed => placed.slot), ...slotsIn(play.handlers)];
  const specs = slots.flatMap(slot => specOf(slot, host.name) ?? []);
  const users = new Set(specs.filter(spec => spec.notify.length > 0 && spec.delegateTo === undefined).map(spec => userFor(spec, login)));
  for (const user of users) await recallOwed(around.engine, play, host, user);
}
