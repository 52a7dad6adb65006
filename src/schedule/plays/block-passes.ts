// The passes of a block's loop, for each host as its own variables give them.
import type { Block } from '../../program/types.ts';
import { Unknown } from '../../util/unknown.ts';
import { userFor } from '../hosts/become.ts';
import type { HostRun } from '../state/host-run.ts';
import { loopItems } from '../values/loop-items.ts';
import { ONCE, passesOf, type Pass } from '../values/passes.ts';
import { beginning, type SlotSurroundings } from './run-slot.ts';

/** A host's passes, and why it is not known whether they come. */
interface HostPasses {
  readonly list: readonly Pass[];
  readonly doubts: readonly string[];
}

/** The passes of the hosts for which they can be told. On the others the block has failed, which is reported. */
export async function blockPasses(
  around: SlotSurroundings,
  block: Block,
  hosts: readonly HostRun[],
): Promise<ReadonlyMap<HostRun, HostPasses>> {
  const { loop } = block;
  const passes = new Map<HostRun, HostPasses>();
  if (loop === undefined) return passes;
  await Promise.all(
    hosts.map(host =>
      beginning({ ...around, host, slot: block }, async () => {
        const pass = around.passes?.get(host.name) ?? ONCE;
        const user = userFor(loop, around.loginOf(host.name));
        const surroundings = { playHosts: around.playHosts, spec: loop, extraValues: pass.values };
        const items = await loopItems(around.engine, host, surroundings, user, loop.over);
        // What cannot be told is gone through once, by a dry run, with an item that is unknown.
        if (items instanceof Unknown) passes.set(host, { list: passesOf([items], pass, loop.control), doubts: items.because });
        else passes.set(host, { list: passesOf(items, pass, loop.control), doubts: [] });
      }),
    ),
  );
  // In the order of the hosts, whoever answered first.
  return new Map(hosts.flatMap(host => (passes.has(host) ? [[host, passes.get(host) ?? { list: [], doubts: [] }] as const] : [])));
}
