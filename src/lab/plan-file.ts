// The plan of a lab on disk: written before anything is created, so that what is left of a killed lab can be found.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deepFreeze } from '../util/freeze.ts';
import { labDirectory, labsDir } from './paths.ts';
import type { LabPlan } from './types.ts';

/** Writes the plan, whole or not at all. */
export async function writePlan(plan: LabPlan): Promise<void> {
  const path = join(plan.directory, 'lab.json');
  await mkdir(plan.directory, { recursive: true, mode: 0o755 });
  await writeFile(`${path}.new`, `${JSON.stringify(plan, null, 2)}\n`);
  await rename(`${path}.new`, path);
}

/** The plan of a lab, or undefined when there is none or it is of another version. */
export async function readPlan(id: string): Promise<LabPlan | undefined> {
  const text = await readFile(join(labDirectory(id), 'lab.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const plan = JSON.parse(text) as LabPlan | { readonly version: unknown };
  return plan.version === 1 ? deepFreeze(plan as LabPlan) : undefined;
}

/** The plans of all labs of this machine. */
export async function readPlans(): Promise<readonly LabPlan[]> {
  const ids = (await readdir(labsDir()).catch(() => [])).filter(id => /^[a-z0-9]{1,8}$/.test(id));
  return (await Promise.all(ids.map(readPlan))).filter(plan => plan !== undefined);
}
