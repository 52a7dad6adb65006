// Switches one host off as a power cut does; `labUp` switches it on again, with its disk as it was.
import { endProcesses } from './cgroup.ts';
import { findHost } from './exec.ts';
import { withLock } from './lock.ts';
import type { LabPlan } from './types.ts';

/** Ends every process of the host at once. */
export async function labPowerOff(plan: LabPlan, host: string): Promise<void> {
  await withLock(
    `lab-${plan.id}`,
    () => undefined,
    () => endProcesses(plan.id, findHost(plan, host).index),
  );
}
