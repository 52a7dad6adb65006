// One play: batch by batch, section by section; hosts in step, or each by itself.
import type { Play, Section } from '../../program/types.ts';
import { specOf, tasksOfPlay } from '../../program/walk.ts';
import { Gate } from '../../util/gate.ts';
import { shuffled } from '../../util/shuffled.ts';
import { userFor } from '../hosts/become.ts';
import type { HostRun } from '../state/host-run.ts';
import { flushHandlers } from './flush-handlers.ts';
import { forEachLimited } from './limit.ts';
import { runNodes } from './run-nodes.ts';
import type { BatchRun, SlotSurroundings } from './run-slot.ts';
import { TurnGroup } from '../changing/turn-group.ts';

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
  for (const host of play.hosts.flatMap(name => engine.hosts.get(name) ?? [])) comeBack(host);
  const batches = play.isShuffled === true ? cut(shuffled(play.hosts), play.batches) : play.batches;
  const alive = batches
    .flat()
    .flatMap(name => engine.hosts.get(name) ?? [])
    .filter(isAlive);
  engine.emit({ kind: 'play-started', play: play.name, hosts: alive.map(host => host.name), ...(play.at && { at: play.at }) });
  const notDone: string[] = [];
  let isOver = false;
  let isEnded = false;
  for (const names of batches) {
    const hosts = alive.filter(host => names.includes(host.name));
    if (isOver || engine.stop.aborted) notDone.push(...namesOf(play));
    else if (hosts.length > 0 && !isEnded) ({ isOver, isEnded } = await runBatch(around, play, hosts, names.length, notDone));
  }
  return { isOver, notDone: [...new Set(notDone)] };
}

/** How a batch ended: whether nothing further runs, or nothing further of the play. */
async function runBatch(
  around: Pick<SlotSurroundings, 'engine' | 'loginOf'>,
  play: Play,
  hosts: readonly HostRun[],
  size: number,
  notDone: string[],
): Promise<{ readonly isOver: boolean; readonly isEnded: boolean }> {
  const { forks } = around.engine.options;
  const batch: BatchRun = {
    hosts,
    size,
    play,
    notDone,
    notBegun: new Set(),
    isFatal: false,
    isEnded: false,
    throttles: new Map(),
    doubts: new Map(),
    rolesDone: new Map(),
    flush: (within, some) => flushHandlers(within, play, some),
  };
  const isTogether = around.engine.turn?.together === true;
  const engine = isTogether ? { ...around.engine, group: new TurnGroup(hosts, usersIn(play, around.loginOf)) } : around.engine;
  const surroundings: SlotSurroundings = { ...around, engine, playHosts: play.hosts, batch, isRescuable: false, rescuesLost: false };
  if (play.strategy === undefined) await runSections(surroundings, play, hosts);
  else {
    const together: BatchRun = { ...batch, gate: new Gate(forks) };
    const atOnce = play.strategy === 'host_pinned' ? forks : Number.POSITIVE_INFINITY;
    await forEachLimited(hosts, atOnce, host => runSections({ ...surroundings, batch: together }, play, [host]));
    batch.isFatal = together.isFatal;
    batch.isEnded = together.isEnded;
  }
  const lost = hosts.filter(({ standing }) => standing === 'failed' || standing === 'lost').length;
  // A host that was lost before is no part of what failed now.
  return { isOver: lost === size || (lost === hosts.length && batch.isFatal), isEnded: batch.isEnded };
}

async function runSections(around: SlotSurroundings, play: Play, hosts: readonly HostRun[]): Promise<void> {
  let isOver = false;
  const flushed = new Set<HostRun>();
  for (const section of play.sections) {
    if (section.always) revive(hosts);
    if (isOver && !section.always) around.batch.notDone.push(...namesOf({ sections: [section] }));
    else await runNodes(around, section.tasks, hosts);
    isOver ||= !hosts.some(isAlive);
    if (!FLUSH_AFTER.has(section.name)) continue;
    if (play.forceHandlers === true) await flushForced(around, play, hosts, flushed);
    else if (!isOver) await flushHandlers(around, play, hosts);
  }
}

/** A host that has left the play before, or that is forgiven what failed, is back. */
function comeBack(host: HostRun): void {
  if (host.standing === 'left' || host.isCleared) host.standing = 'alive';
  host.isCleared = false;
}

/** Handlers of hosts that failed run along with those of the others, once for each; that does not make good what failed. */
async function flushForced(around: SlotSurroundings, play: Play, hosts: readonly HostRun[], flushed: Set<HostRun>): Promise<void> {
  const failed = hosts.filter(host => host.standing === 'failed' && host.notified.size > 0 && !flushed.has(host));
  for (const host of failed) host.standing = 'alive';
  await flushHandlers(around, play, hosts);
  for (const host of failed.filter(isAlive)) host.standing = 'failed';
  for (const host of hosts.filter(({ standing }) => standing === 'failed')) flushed.add(host);
}

/** A section that always runs takes back the hosts that failed: what was broken must be put right. */
function revive(hosts: readonly HostRun[]): void {
  for (const host of hosts) if (host.standing === 'failed') host.standing = 'alive';
}

function namesOf(play: Pick<Play, 'sections'>): readonly string[] {
  return tasksOfPlay(play).map(({ slot }) => slot.ref.name);
}

/** As whom a play has tasks for a host. */
function usersIn(play: Play, loginOf: SlotSurroundings['loginOf']): (host: string) => ReadonlySet<string | undefined> {
  const slots = tasksOfPlay(play).map(({ slot }) => slot);
  return host => {
    const specs = slots.flatMap(slot => specOf(slot, host) ?? []);
    return new Set(specs.map(spec => userFor(spec, loginOf(host))));
  };
}

function isAlive(host: HostRun): boolean {
  return host.standing === 'alive';
}

/** Cuts hosts into batches as long as others. */
function cut(hosts: readonly string[], like: readonly (readonly string[])[]): readonly (readonly string[])[] {
  let start = 0;
  return like.map(({ length }) => hosts.slice(start, (start += length)));
}
