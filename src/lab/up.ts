// Brings a lab up: creates what is missing, repairs what is broken, leaves alone what stands.
import { access, readdir, rm } from 'node:fs/promises';
import { bootHost } from './boot.ts';
import { endProcesses, processesOf } from './cgroup.ts';
import { doctor } from './doctor.ts';
import { tearDown } from './down.ts';
import { createKeys } from './keys.ts';
import { LabError } from './lab-error.ts';
import { withLock } from './lock.ts';
import { createNetworks, refuseClashes } from './network.ts';
import { harvestPackages } from './package-cache.ts';
import { planLab } from './plan.ts';
import { readPlan, writePlan } from './plan-file.ts';
import { labDirectory } from './paths.ts';
import { lookAtHost, waitForHost } from './ready.ts';
import { ensureRoot } from './root.ts';
import { seedHost } from './seed.ts';
import type { HostStatus, LabEvents, LabHostState, LabPlan, LabSpec, LabState } from './types.ts';

/** How a lab is brought up. */
export interface LabOptions {
  /** Put the lab into a network namespace of its own, named in the state; an existing lab stays where it is when absent. */
  readonly netns?: boolean;
  /** Milliseconds a host may take to boot; default 60 s. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
}

/**
 * Brings the hosts of the spec up and waits until each can be logged in to. Other hosts of the same lab stay as they are; a host whose
 * address changed is built anew; one that was off keeps its disk.
 * @throws LabError saying what is in the way
 */
export async function labUp(spec: LabSpec, events: LabEvents, options: LabOptions = {}): Promise<LabState> {
  const { ok, missing, why } = await doctor(['hosts']);
  if (!ok) throw new LabError(why ?? `this machine lacks ${missing.map(need => need.package).join(', ')}, run tsplay doctor --install`);
  labDirectory(spec.id);
  return withLock(
    `lab-${spec.id}`,
    () => events(`waiting for another tsplay that works on lab ${spec.id}`),
    () => up(spec, events, options),
  );
}

async function up(spec: LabSpec, events: LabEvents, options: LabOptions): Promise<LabState> {
  const before = await soundPlan(spec, events, options);
  const root = before?.root ?? (await ensureRoot(events, options.signal));
  const plan = planLab(spec, root, options.netns ?? before?.netns !== undefined, before);
  await withLock(
    'network',
    () => undefined,
    async () => {
      await refuseClashes(plan);
      await writePlan(plan);
      await createNetworks(plan);
    },
  );
  for (const host of before?.hosts ?? []) if (isMoved(host, plan)) await discard(plan, host, events);
  await createKeys(plan);
  const wanted = new Set(spec.hosts.map(host => host.name));
  const results = await Promise.allSettled(
    plan.hosts.map(host => (wanted.has(host.name) ? bringUp(plan, host, events, options) : lookAtHost(plan, host))),
  );
  const failures = results.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []));
  options.signal?.throwIfAborted();
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new LabError(failures.map(messageOf).join('\n'));
  return { ...plan, hosts: results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : [])) };
}

/** The earlier plan if the lab it describes can be built on; what is left of any other is removed. */
async function soundPlan(spec: LabSpec, events: LabEvents, options: LabOptions): Promise<LabPlan | undefined> {
  const before = await readPlan(spec.id);
  if (before && options.netns !== undefined && options.netns !== (before.netns !== undefined)) {
    throw new LabError(
      `lab ${spec.id} is up ${before.netns === undefined ? 'without' : 'in'} a network namespace, run tsplay lab down first`,
    );
  }
  if (before && before.user === spec.user && (await exists(before.root))) return before;
  const left =
    before !== undefined || (await readdir(labDirectory(spec.id)).catch(() => [])).length > 0 || (await processesOf(spec.id)).length > 0;
  if (left) {
    events(`lab ${spec.id} cannot be built on (${before ? 'its user or its root changed' : 'its state file is gone'}), building it anew`);
    await tearDown(spec.id);
  }
  return undefined;
}

function isMoved(old: LabHostState, plan: LabPlan): boolean {
  const now = plan.hosts.find(host => host.name === old.name);
  return now !== undefined && (now.address !== old.address || now.prefix !== old.prefix);
}

async function discard(plan: LabPlan, host: LabHostState, events: LabEvents): Promise<void> {
  events(`${host.name}: its address changed, building it anew`);
  await endProcesses(plan.id, host.index);
  await rm(host.directory, { recursive: true, force: true });
}

async function bringUp(plan: LabPlan, host: LabHostState, events: LabEvents, options: LabOptions): Promise<HostStatus> {
  const now = await lookAtHost(plan, host);
  if (now.ready) return now;
  const deadline = options.deadline ?? 60_000;
  if (now.pid !== undefined) {
    events(`${host.name}: on, but not ready yet`);
    const patience = Math.min(deadline, 10_000);
    const late = await waitForHost(plan, host, patience, options.signal).catch((error: unknown) => messageOf(error));
    if (typeof late !== 'string') return late;
    options.signal?.throwIfAborted();
    events(`${host.name}: does not get ready, switching it off and on`);
  }
  const started = performance.now();
  const isNew = !(await exists(host.upper));
  await endProcesses(plan.id, host.index);
  await harvestPackages(host.upper);
  await seedHost(plan, host, events);
  options.signal?.throwIfAborted();
  await bootHost(plan, host);
  const status = await waitForHost(plan, host, deadline, options.signal);
  events(
    `${host.name}: ${host.address} ${isNew ? 'built' : 'switched on again'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  return status;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
