// Which hosts come into a block whose tasks are another file's: each is asked once, and what comes of it is told.
import type { Block } from '../../program/types.ts';
import { Unknown } from '../../util/unknown.ts';
import { userFor } from '../hosts/become.ts';
import { holdAll } from '../values/hold.ts';
import type { HostRun } from '../state/host-run.ts';
import { listed } from '../../util/listed.ts';
import { evaluateOn, type Asked, type TaskSurroundings } from '../values/scopes.ts';
import { ONCE } from '../values/passes.ts';
import { beginning, doubtsOf, endTask, failTask, guarded, type SlotSurroundings } from './run-slot.ts';

/** Those that come in, and why it is not known of some of them. */
export interface Entered {
  readonly hosts: readonly HostRun[];
  readonly doubts: ReadonlyMap<string, readonly string[]>;
}

/** Asks the hosts. Without a gate all come in, and nothing is told. */
export async function enterBlock(around: SlotSurroundings, block: Block, all: readonly HostRun[]): Promise<Entered> {
  const { engine, playHosts, loginOf, isRescuable, rescuesLost } = around;
  const doubts = new Map(around.doubts);
  const { gate, pick } = block;
  if (pick !== undefined) return pickHosts(around, block, pick, all);
  if (gate === undefined || all.length === 0) return { hosts: all, doubts };
  // Once means: for the first of them.
  const hosts = gate.runOnce === true ? all.slice(0, 1) : all;
  engine.emit({ kind: 'task-started', task: block.ref, hosts: hosts.map(host => host.name) });
  const entering = new Set<HostRun>();
  await Promise.all(
    hosts.map(host =>
      beginning({ engine, host, slot: block, isRescuable, rescuesLost }, async turn => {
        const pass = around.passes?.get(host.name) ?? ONCE;
        const surroundings = { playHosts, spec: gate, extraValues: pass.values };
        const asked = { engine, host, user: userFor(gate, loginOf(host.name)) };
        const holds = await holdAll(asked, surroundings, gate.when, doubtsOf(around, host));
        const wrong = typeof holds === 'string' ? undefined : gate.choice && (await wrongChoice(asked, surroundings, gate.choice));
        if (typeof holds === 'string') endTask(turn, 'skipped', pass, holds);
        else if (wrong !== undefined) failTask(turn, wrong);
        else {
          entering.add(host);
          if (holds instanceof Unknown) doubts.set(host.name, holds.because);
          endTask(turn, holds instanceof Unknown ? 'unknown' : 'ok', pass, doubts.get(host.name)?.join('; '));
        }
      }),
    ),
  );
  return { hosts: hosts.filter(host => entering.has(host)), doubts };
}

/** In words, which files there are, where the name comes to none of them. What a dry run cannot know may be any. */
async function wrongChoice(
  asked: Asked,
  around: TaskSurroundings,
  { name, of }: NonNullable<NonNullable<Block['gate']>['choice']>,
): Promise<string | undefined> {
  const value = await evaluateOn(asked, around, name);
  if (value instanceof Unknown || (typeof value === 'string' && of.includes(value))) return undefined;
  return `no file is called ${JSON.stringify(value)}: there ${of.length === 1 ? 'is' : 'are'} ${listed(of)}`;
}

/** Those for which the name comes to the file of the block. */
async function pickHosts(
  around: SlotSurroundings,
  block: Block,
  { name, is, ...spec }: NonNullable<Block['pick']>,
  hosts: readonly HostRun[],
): Promise<Entered> {
  const { engine, playHosts, loginOf } = around;
  const doubts = new Map(around.doubts);
  const entering = new Set<HostRun>();
  await Promise.all(
    hosts.map(host =>
      guarded({ engine, host, slot: block }, async () => {
        const extraValues = around.passes?.get(host.name)?.values ?? {};
        const value = await evaluateOn({ engine, host, user: userFor(spec, loginOf(host.name)) }, { playHosts, spec, extraValues }, name);
        if (value instanceof Unknown) doubts.set(host.name, [...(doubts.get(host.name) ?? []), ...value.because]);
        if (value instanceof Unknown || value === is) entering.add(host);
        return true;
      }),
    ),
  );
  return { hosts: hosts.filter(host => entering.has(host)), doubts };
}
