// A plan file, read: its form, its seal, its secrets.
import { runSchema } from '../schema/compile-schema.ts';
import type { Schema } from '../schema/schema.ts';
import { decryptVault } from '../util/vault.ts';
import { StalePlan } from './stale-plan.ts';
import { PLAN_SCHEMA } from './schema.ts';
import { createSealer, isIntact, type Sealer } from './seal.ts';
import { PLAN_FORMAT, type Plan } from './types.ts';

/** A plan that is what was saved. */
export interface SavedPlan {
  readonly plan: Plan;
  /** In the order of their numbers. */
  readonly secrets: readonly string[];
  readonly sealer: Sealer;
}

/** The plan in a text, its form checked and nothing else. @throws StalePlan */
export function parsePlan(text: string, file: string): Plan {
  const plan = parseJson(text, file);
  const format = typeof plan === 'object' && plan !== null && 'format' in plan ? plan.format : undefined;
  if (typeof format !== 'string' || !format.startsWith('tsplay.plan/'))
    throw new StalePlan([`${file} is not a plan; tsplay plan PLAYBOOK -o ${file} makes one`]);
  if (format !== PLAN_FORMAT)
    throw new StalePlan([`${file} is of format ${format}, this tsplay reads ${PLAN_FORMAT}; make the plan again`]);
  // It says more than the schemas of parameters can, in the same words: those of JSON Schema.
  const [wrong] = runSchema(PLAN_SCHEMA as unknown as Schema, { value: plan });
  if (wrong !== undefined) {
    const where = wrong.path.length === 0 ? 'the plan' : wrong.path.join('.');
    throw new StalePlan([`${file} has been altered: ${where} does not fit "${wrong.keyword}" of docs/plan.schema.json`]);
  }
  return plan as Plan;
}

/** Opens a plan. @throws StalePlan when it was altered, or the password does not fit */
export function openPlan(text: string, file: string, password: string | undefined): SavedPlan {
  const plan = parsePlan(text, file);
  if (plan.seal.key === 'vault' && password === undefined)
    throw new StalePlan([`${file} was sealed with a vault password; give --vault-password-file`]);
  const sealer = createSealer(plan.seal.key === 'vault' ? password : undefined, plan.seal.salt);
  if (!isIntact(plan, sealer)) {
    const other = plan.seal.key === 'vault' ? 'the vault password is another' : 'another user or another machine made it';
    throw new StalePlan([`${file} is not what was saved: it has been altered, or ${other}; make the plan again`]);
  }
  return { plan, sealer, secrets: plan.secrets === undefined ? [] : readSecrets(plan.secrets, password ?? '', file) };
}

function readSecrets(envelope: string, password: string, file: string): readonly string[] {
  try {
    return JSON.parse(decryptVault(envelope, password)) as readonly string[];
  } catch (error) {
    throw new StalePlan([`the secrets of ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StalePlan([`${file} is not a plan, or it was cut off: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
