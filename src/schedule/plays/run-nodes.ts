// Tasks and blocks in order, every host finishing one before the next begins; where a task of a block fails, its rescue follows.
import type { Block, TaskNode, TaskSlot } from '../../program/types.ts';
import { slotsIn } from '../../program/walk.ts';
import { listed } from '../../util/listed.ts';
import { blockPasses } from './block-passes.ts';
import { enterBlock } from './enter-block.ts';
import type { HostRun } from '../state/host-run.ts';
import { runMeta } from './run-meta.ts';
import { ONCE } from '../values/passes.ts';
import { runRole } from './run-role.ts';
import { endTask, runSlot, type SlotSurroundings } from './run-slot.ts';

/** Runs nodes on those of the hosts that are still with us. How it went stands in the hosts. */
export async function runNodes(around: SlotSurroundings, nodes: readonly TaskNode[], hosts: readonly HostRun[]): Promise<void> {
  for (const node of nodes) {
    if (around.engine.stop.aborted || !hosts.some(isAlive)) leaveOut(around, node, hosts);
    else await runNode(around, node, hosts);
  }
}

/** Runs one of them. */
export async function runNode(around: SlotSurroundings, node: TaskNode, hosts: readonly HostRun[]): Promise<void> {
  if (await isLeftOut(around, node, hosts)) return;
  if (node.kind === 'task' && node.ref.module === 'meta') await runMeta(around, node, hosts);
  else if (node.kind === 'task') await runTask(around, node, hosts);
  else if (node.loop === undefined) await runBlock(around, node, hosts);
  else await loopBlock(around, node, hosts);
}

/** Whether a person who is asked about each task leaves it out. What has no result of its own is not asked about. */
async function isLeftOut({ engine, passes }: SlotSurroundings, node: TaskNode, hosts: readonly HostRun[]): Promise<boolean> {
  const isAsked = node.kind === 'task' ? node.ref.module !== 'meta' : node.gate !== undefined;
  if (engine.step === undefined || !isAsked || (await engine.step(node.ref))) return false;
  for (const host of engine.stop.aborted ? [] : hosts.filter(isAlive))
    endTask({ engine, host, slot: node }, 'skipped', passes?.get(host.name) ?? ONCE, 'left out by --step');
  return true;
}

async function runTask(around: SlotSurroundings, slot: TaskSlot, hosts: readonly HostRun[]): Promise<void> {
  const before = hosts.filter(isAlive);
  const { isFine, notBegun } = await runSlot(around, slot, hosts);
  if (notBegun.length > 0) around.batch.notDone.push(`${slot.ref.name} on ${notBegun.map(host => host.name).join(', ')}`);
  for (const host of notBegun) around.batch.notBegun.add(host);
  const culprit = before.find(host => host.standing === 'failed' || host.standing === 'lost');
  if (!isFine || (slot.anyErrorsFatal === true && culprit !== undefined)) failAll(around, culprit, `"${slot.ref.name}" is everyone's`);
  else refuseMany(around);
}

/** More of the batch have failed than the play lets. What may yet be rescued does not count. */
function refuseMany(around: SlotSurroundings): void {
  const { hosts, size, play } = around.batch;
  const most = play.maxFailPercentage;
  if (most === undefined || around.isRescuable) return;
  const failed = hosts.filter(hasFailed);
  if (failed.length > 0 && (failed.length * 100) / size > most)
    failAll(around, failed[0], `${failed.length} of ${size} failed, max_fail_percentage is ${most}`);
}

/** Every host goes over its own items; those that have an item for a pass go through it together. */
async function loopBlock(around: SlotSurroundings, block: Block, hosts: readonly HostRun[]): Promise<void> {
  const passes = await blockPasses(around, block, hosts.filter(isAlive));
  const most = Math.max(0, ...[...passes.values()].map(({ list }) => list.length));
  for (let index = 0; index < most; index += 1) {
    const turns = [...passes].flatMap(([host, { list, doubts }]) => {
      const pass = list[index];
      return isAlive(host) && pass !== undefined ? [{ host, pass, doubts }] : [];
    });
    if (turns.length === 0) return;
    const within: SlotSurroundings = {
      ...around,
      passes: new Map(turns.map(({ host, pass }) => [host.name, pass])),
      doubts: new Map(turns.map(({ host, doubts }) => [host.name, [...(around.doubts?.get(host.name) ?? []), ...doubts]])),
    };
    await runBlock(
      within,
      block,
      turns.map(({ host }) => host),
    );
  }
}

async function runBlock(outer: SlotSurroundings, block: Block, hosts: readonly HostRun[]): Promise<void> {
  const { hosts: all, doubts } = await enterBlock(outer, block, hosts.filter(isAlive));
  if (all.length === 0) return;
  const around: SlotSurroundings = { ...outer, doubts };
  if (block.role !== undefined) return runRole(around, block.role, all, (within, some) => runNodes(within, block.tasks, some));
  const hasRescue = block.rescue.length > 0;
  const within = {
    isRescuable: around.isRescuable || hasRescue,
    rescuesLost: around.rescuesLost || (hasRescue && block.rescueUnreachable),
  };
  await runNodes({ ...around, ...within }, block.tasks, all);
  const failed = all.filter(hasFailed);
  if (hasRescue && failed.length > 0) {
    failed.forEach(takeBack);
    await runNodes(around, block.rescue, failed);
  }
  refuseMany(around);
  if (block.always.length === 0) return;
  // What always runs does not make good what has failed.
  const lost = all.filter(hasFailed);
  lost.forEach(takeBack);
  await runNodes(around, block.always, all);
  for (const host of lost.filter(isAlive)) host.standing = 'failed';
}

/** A rescue knows what failed, on whichever host: hosts that failed along with another know that one's. */
function takeBack(host: HostRun): void {
  host.standing = 'alive';
  const { task, result } = host.failure ?? {};
  if (task === undefined || result === undefined) return;
  for (const prefix of ['', 'ansible_']) {
    host.assigned.set(`${prefix}failed_task`, { name: task.name, module: task.module });
    host.assigned.set(`${prefix}failed_result`, result);
  }
}

/** What failed is everyone's: the others of the batch fail with it. */
function failAll({ engine, batch, isRescuable }: SlotSurroundings, culprit: HostRun | undefined, why: string): void {
  const others = batch.hosts.filter(host => isAlive(host) || host.standing === 'waiting');
  batch.isFatal = true;
  for (const host of others) {
    host.standing = 'failed';
    host.failure = culprit?.failure;
  }
  // Their own results tell nothing of it.
  if (others.length > 0 && !isRescuable)
    engine.emit({ kind: 'note', level: 'warning', text: `${listed(others.map(host => host.name))} stopped here: ${why}` });
}

/** A task that nobody is left for is told, unless what failed is rescued. */
function leaveOut({ engine, batch, isRescuable }: SlotSurroundings, node: TaskNode, hosts: readonly HostRun[]): void {
  const isLost = hosts.some(host => host.standing === 'failed' || host.standing === 'lost');
  if (!engine.stop.aborted && (isRescuable || !isLost)) return;
  const slots = node.kind === 'task' ? [node] : slotsIn([...node.tasks, ...node.always]);
  batch.notDone.push(...slots.map(slot => slot.ref.name));
}

function isAlive(host: HostRun): boolean {
  return host.standing === 'alive';
}

function hasFailed(host: HostRun): boolean {
  return host.standing === 'failed';
}
