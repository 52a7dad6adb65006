// Which hosts come into a block whose tasks are another file's: each is asked once, and what comes of it is told.
import type { Block } from '../program/types.ts';
import { Unknown } from '../util/unknown.ts';
import { userFor } from './become.ts';
import { holdAll } from './hold.ts';
import type { HostRun } from './host-run.ts';
import { failureOf } from './outcome-of-error.ts';
import { ONCE } from './passes.ts';
import { doubtsOf, endTask, failTask, guarded, type SlotSurroundings } from './run-slot.ts';

/** Those that come in, and why it is not known of some of them. */
export interface Entered {
  readonly hosts: readonly HostRun[];
  readonly doubts: ReadonlyMap<string, readonly string[]>;
}

/** Asks the hosts. Without a gate all come in, and nothing is told. */
export async function enterBlock(around: SlotSurroundings, block: Block, hosts: readonly HostRun[]): Promise<Entered> {
  const { engine, playHosts, loginOf, isRescuable, rescuesLost } = around;
  const doubts = new Map(around.doubts);
  const { gate } = block;
  if (gate === undefined || hosts.length === 0) return { hosts, doubts };
  engine.emit({ kind: 'task-started', task: block.ref, hosts: hosts.map(host => host.name) });
  const entering = new Set<HostRun>();
  await Promise.all(
    hosts.map(async host => {
      const pass = around.passes?.get(host.name) ?? ONCE;
      const turn = { engine, host, slot: block, isRescuable, rescuesLost };
      const known = doubtsOf(around, host);
      await guarded(turn, async () => {
        try {
          const asked = { engine, host, user: userFor(gate, loginOf(host.name)) };
          const holds = await holdAll(asked, { playHosts, spec: gate, extraValues: pass.values }, gate.when, known);
          if (typeof holds === 'string') endTask(turn, 'skipped', pass, holds);
          else {
            entering.add(host);
            if (holds instanceof Unknown) doubts.set(host.name, holds.because);
            endTask(
              turn,
              holds instanceof Unknown ? 'unknown' : 'ok',
              pass,
              holds instanceof Unknown ? holds.because.join('; ') : undefined,
            );
          }
        } catch (error) {
          failTask(turn, failureOf(error).message ?? '');
        }
        return true;
      });
    }),
  );
  return { hosts: hosts.filter(host => entering.has(host)), doubts };
}
