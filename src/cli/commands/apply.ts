// `tsplay apply`: carries out a saved plan, and nothing else.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError, type ExitCode } from '../../errors/errors.ts';
import { approvalOf, unknownTurns } from '../../plan/approve.ts';
import { argumentsOf, factProblem, identityProblems } from '../../plan/drifted.ts';
import { decode } from '../../plan/encode.ts';
import { openPlan, type SavedPlan } from '../../plan/read-plan.ts';
import { changedSources, sourcesOf } from '../../plan/sources.ts';
import { StalePlan } from '../../plan/stale-plan.ts';
import type { PlanHost } from '../../plan/types.ts';
import { lookAgain, type Look } from '../../schedule/reading/look-again.ts';
import { ownVersion } from '../../util/own-version.ts';
import type { Json } from '../../util/value.ts';
import type { CommandOf } from '../arguments/command.ts';
import type { RunRequest } from '../compile-request.ts';
import { withRun, type Prepared } from '../execute.ts';
import { readPlanFile } from '../read-plan-file.ts';
import { readPasswordFile } from '../password-file.ts';
import { givePasswords } from '../passwords.ts';
import { connectionFrom, turnOf } from './request.ts';
import { withReporter } from '../with-reporter.ts';

/** Looks at everything the plan rests on, then runs. @throws StalePlan when it no longer fits; nothing has been touched then */
export async function applyCommand(command: CommandOf<'apply'>): Promise<ExitCode> {
  const file = command.operands[0] ?? '';
  const saved = openPlan(readPlanFile(file), file, readPasswordFile(command.vaultPasswordFile, 'vault password'));
  refuseOtherVersion(saved, file);
  refuseUnknown(saved, file, command.allowUnknown);
  const asked = requestOf(saved, command);
  const [request = asked] = await givePasswords(command, [asked]);
  const playbook = readPlaybook(request);
  return withReporter(command, context =>
    withRun(request, { ...context, approval: approvalOf(saved) }, async prepared => {
      const changed = changedSources(saved.plan, sourcesOf(prepared.engine.program, playbook, saved.sealer));
      if (changed.length > 0) throw new StalePlan(changed, `${file} no longer fits; nothing was touched, make the plan again`);
      const drifted = await driftedSince(saved, prepared);
      if (drifted.length > 0)
        throw new StalePlan(drifted, `${file} no longer fits, something has drifted; nothing was touched, make the plan again`);
      return (await prepared.run()).exitCode;
    }),
  );
}

function refuseOtherVersion({ plan }: SavedPlan, file: string): void {
  const version = ownVersion();
  if (plan.tsplay !== version)
    throw new StalePlan([`${file} was made by tsplay ${plan.tsplay}, this is ${version}; nothing was touched, make the plan again`]);
}

function refuseUnknown(saved: SavedPlan, file: string, isAllowed: boolean): void {
  const unknown = unknownTurns(saved);
  if (unknown.length > 0 && !isAllowed)
    throw new StalePlan(unknown, `${file} holds tasks that could not be foretold; nothing was touched, --allow-unknown lets them run`);
}

function requestOf({ plan, secrets }: SavedPlan, command: CommandOf<'apply'>): RunRequest {
  const { playbook, inventory, limit, extraVars, tags, from, become, becomeUser } = plan.request;
  return {
    playbook,
    ...(inventory !== undefined && { inventory }),
    ...(limit !== undefined && { limit }),
    extraVars: extraVars.map(text => textOf(text, secrets)),
    tags,
    mode: 'run',
    forks: command.forks,
    diff: command.diff,
    prove: command.prove,
    ...(from !== undefined && { from }),
    ...(become !== undefined && { become }),
    ...(becomeUser !== undefined && { becomeUser }),
    connection: connectionFrom(command),
    ...turnOf(command),
    cwd: process.cwd(),
  };
}

function textOf(json: Json, secrets: readonly string[]): string {
  const value = decode(json, secrets);
  return typeof value === 'string' ? value : ((value as { reveal?: () => string } | null)?.reveal?.() ?? '');
}

function readPlaybook({ playbook, cwd }: RunRequest): Uint8Array {
  try {
    return readFileSync(resolve(cwd, playbook));
  } catch {
    throw new InputError([{ what: `${playbook} is not here`, advice: 'apply the plan from the folder in which it was made' }]);
  }
}

async function driftedSince(saved: SavedPlan, prepared: Prepared): Promise<readonly string[]> {
  const looks = await Promise.allSettled(saved.plan.hosts.map(host => driftedOn(host, saved, prepared)));
  const failed = looks.find(look => look.status === 'rejected');
  if (failed) throw failed.reason;
  return looks.flatMap(look => (look.status === 'fulfilled' ? look.value : []));
}

async function driftedOn(host: PlanHost, saved: SavedPlan, { engine, factOf }: Prepared): Promise<readonly string[]> {
  const looks = await Promise.all(
    host.facts.map(async (planned): Promise<Look> => {
      const fact = await factOf(planned.fact);
      if (fact === undefined) throw new StalePlan([`the plan names a fact ${planned.fact} that is not known here`]);
      return { ref: fact(argumentsOf(planned, saved.secrets)), user: planned.user };
    }),
  );
  const seen = await lookAgain(engine, host.name, looks);
  const problems = identityProblems(host, seen);
  if (problems.length > 0) return problems;
  return host.facts.flatMap((planned, index) => {
    const look = looks[index];
    return look === undefined ? [] : (factProblem(host.name, planned, look.ref, seen.values[index], saved.sealer) ?? []);
  });
}
