// The seal of a plan: digests nobody can guess values from, and a MAC over all of it. Keyed by a vault password, or by a key the user keeps.
import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '../util/canonical.ts';
import { stateDirectory } from '../util/state-directory.ts';
import type { Plan, PlanSeal } from './types.ts';

/** Keys digests and the MAC of one plan. */
export interface Sealer {
  readonly kind: PlanSeal['key'];
  readonly salt: string;
  /** Of the canonical JSON of a value; secrets count by what they are. */
  digest(value: unknown): string;
}

/** A sealer for a new plan, or for one that was made with `salt`. @throws Error in words when the user's key cannot be read or made */
export function createSealer(password: string | undefined, salt = randomBytes(16).toString('hex')): Sealer {
  const key = scryptSync(password ?? controllerKey(), `tsplay plan ${salt}`, 32);
  return {
    kind: password === undefined ? 'controller' : 'vault',
    salt,
    digest: value => createHmac('sha256', key).update(canonical(value)).digest('hex'),
  };
}

/** The plan with its seal. */
export function sealPlan(plan: Omit<Plan, 'seal'>, sealer: Sealer): Plan {
  return { ...plan, seal: { key: sealer.kind, salt: sealer.salt, mac: sealer.digest(plan) } };
}

/** Whether the plan is as it was when it was sealed. */
export function isIntact(plan: Plan, sealer: Sealer): boolean {
  const { seal, ...rest } = plan;
  const [found, expected] = [Buffer.from(seal.mac), Buffer.from(sealer.digest(rest))];
  return found.length === expected.length && timingSafeEqual(found, expected);
}

/** The key of this user: made at the first plan, readable by nobody else. */
function controllerKey(): string {
  const folder = stateDirectory();
  const file = join(folder, 'plan.key');
  if (!existsSync(file)) makeKey(folder, file);
  return readFileSync(file, 'utf8');
}

/** Written whole, then given its name: of two who begin at once, the first one's key stays. */
function makeKey(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `plan.key.${process.pid}`);
  writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}
