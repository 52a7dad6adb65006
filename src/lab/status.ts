// What stands of a lab right now.
import { labDirectory } from './paths.ts';
import { readPlan } from './plan-file.ts';
import { lookAtHost } from './ready.ts';
import type { LabState } from './types.ts';

/** The lab as it is, or undefined when it is not up. */
export async function labStatus(id: string): Promise<LabState | undefined> {
  labDirectory(id);
  const plan = await readPlan(id);
  if (!plan) return undefined;
  return { ...plan, hosts: await Promise.all(plan.hosts.map(host => lookAtHost(plan, host))) };
}
