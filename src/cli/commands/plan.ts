// `tsplay plan`: a dry run that is kept.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ContractError, EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import { makePlan, type SeenHost } from '../../plan/make-plan.ts';
import { createSealer } from '../../plan/seal.ts';
import type { Plan } from '../../plan/types.ts';
import type { Event } from '../../report/events.ts';
import type { LedgerEntry } from '../../schedule/state/ledger.ts';
import { lookAgain } from '../../schedule/reading/look-again.ts';
import { ownVersion } from '../../util/own-version.ts';
import type { CommandOf } from '../arguments/command.ts';
import { answerPrompts, refusePrompt } from '../answer-prompts.ts';
import type { RunRequest } from '../compile-request.ts';
import { withRun, type Prepared } from '../execute.ts';
import { readPasswordFile } from '../password-file.ts';
import { givePasswords } from '../passwords.ts';
import { withReporter } from '../with-reporter.ts';
import { requestFrom } from './request.ts';

/** Shows what a run would change, and saves it with what it rests on. A dry run that fails leaves no plan. */
export async function planCommand(command: CommandOf<'plan'>): Promise<ExitCode> {
  const password = readPasswordFile(command.vaultPasswordFile, 'vault password');
  const asked = requestFrom(command, command.operands[0] ?? '', 'check');
  const [request = asked] = await givePasswords(command, await answerPrompts([asked], refusePrompt));
  const file = command.out;
  return withReporter(command, async context => {
    const entries: LedgerEntry[] = [];
    const isPending = (): boolean => entries.some(entry => entry.status === 'changed' || entry.status === 'unknown');
    const codeWhenFine = (): ExitCode => (command.exitCode && isPending() ? EXIT.pending : EXIT.ok);
    const emit = (event: Event): void =>
      context.emit(event.kind === 'run-finished' && event.exitCode === EXIT.ok ? { ...event, exitCode: codeWhenFine() } : event);
    return withRun(request, { ...context, emit, ledger: entry => entries.push(entry) }, async prepared => {
      const { exitCode } = await prepared.run();
      if (exitCode !== EXIT.ok) return exitCode;
      if (file === undefined) return codeWhenFine();
      save(file, await planOf(prepared, request, entries, password));
      process.stderr.write(`the plan is saved: tsplay apply ${file} carries it out\n`);
      return codeWhenFine();
    });
  });
}

async function planOf(
  { engine, factOf, secrets }: Prepared,
  request: RunRequest,
  entries: readonly LedgerEntry[],
  password: string | undefined,
): Promise<Plan> {
  const { playbook, inventory, limit, extraVars, tags, from, become, becomeUser } = request;
  const names = [...new Set(engine.program.plays.flatMap(play => play.hosts))];
  const asked = [...engine.hosts.values()].filter(host => names.includes(host.name) || host.facts.answers().length > 0);
  const hosts = await Promise.all(
    asked.map(async (host): Promise<SeenHost> => {
      const answers = host.facts.answers();
      for (const { ref } of answers) {
        const { name } = ref.definition;
        if ((await factOf(name)) === undefined)
          throw new ContractError(`a plan cannot name the fact ${name}: list it under "facts" in the role whose module asks for it`);
      }
      return { name: host.name, ...(await lookAgain(engine, host.name, [])), answers };
    }),
  );
  return makePlan(
    {
      tsplay: ownVersion(),
      made: new Date(),
      request: {
        playbook,
        extraVars,
        tags,
        ...(inventory !== undefined && { inventory }),
        ...(limit !== undefined && { limit }),
        ...(from !== undefined && { from }),
        ...(become !== undefined && { become }),
        ...(becomeUser !== undefined && { becomeUser }),
      },
      playbook: readFileSync(resolve(request.cwd, playbook)),
      program: engine.program,
      entries,
      hosts,
      secrets: secrets(),
      password,
    },
    createSealer(password),
  );
}

/** For its owner's eyes: what a plan tells of a host is nobody else's business. */
function save(file: string, plan: Plan): void {
  try {
    writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new InputError([
      {
        what: `the plan cannot be written to ${file}`,
        got: error instanceof Error ? error.message : String(error),
        advice: 'name another file',
      },
    ]);
  }
}
