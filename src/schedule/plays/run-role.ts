// A role within a play: hosts that it has run on before stay out, and those for which it has ended wait until it is over.
import type { RoleBlock } from '../../program/types.ts';
import type { Event } from '../../report/events.ts';
import type { HostRun } from '../state/host-run.ts';
import type { SlotSurroundings } from './run-slot.ts';

/** Runs it. As Ansible has it, a role has run on a host when one of its tasks has, whatever came of it, and it came to its end. */
export async function runRole(
  outer: SlotSurroundings,
  { key, repeats }: RoleBlock,
  hosts: readonly HostRun[],
  run: (around: SlotSurroundings, hosts: readonly HostRun[]) => Promise<void>,
): Promise<void> {
  const { engine, batch } = outer;
  const done = batch.rolesDone.get(key) ?? new Set();
  batch.rolesDone.set(key, done);
  const entering = repeats === true ? hosts : hosts.filter(host => !done.has(host));
  const begun = new Set<string>();
  const emit = (event: Event): void => {
    if (event.kind === 'task-result' && !IDLE.has(event.status)) begun.add(event.host);
    engine.emit(event);
  };
  await run(within(outer, emit), entering);
  for (const host of entering) {
    if (host.standing === 'waiting') host.standing = 'alive';
    if (host.standing === 'alive' && begun.has(host.name)) done.add(host);
  }
}

/** What is unknown may come again: a dry run says so there, too. */
const IDLE: ReadonlySet<string> = new Set(['skipped', 'unreachable', 'unknown']);

/** What may have ended the role around holds in here, too, and not the other way round. */
function within(outer: SlotSurroundings, emit: (event: Event) => void): SlotSurroundings {
  const names = [...new Set([...(outer.doubts?.keys() ?? []), ...(outer.roleDoubts?.keys() ?? [])])];
  const doubts = new Map(names.map(name => [name, [...(outer.doubts?.get(name) ?? []), ...(outer.roleDoubts?.get(name) ?? [])]]));
  return { ...outer, engine: { ...outer.engine, emit }, doubts, roleDoubts: new Map() };
}
