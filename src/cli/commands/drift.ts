// `tsplay drift`: what has moved away from its description, over several playbooks. Nothing is written.
import { EXIT, type ExitCode } from '../../errors/errors.ts';
import { createPaint, usesColour } from '../../report/colour.ts';
import { chooseReporter } from '../../report/choose.ts';
import { driftLines, foldDrift } from '../../report/drift.ts';
import { keepRuns } from '../../journal/keep-run.ts';
import type { Event } from '../../report/events.ts';
import type { CommandOf } from '../arguments/command.ts';
import { answerPrompts, refusePrompt } from '../answer-prompts.ts';
import { compileRequest } from '../compile-request.ts';
import { execute } from '../execute.ts';
import { listenForInterruption } from '../interruption.ts';
import { givePasswords } from '../passwords.ts';
import { notKept } from '../with-reporter.ts';
import { requestFrom } from './request.ts';

/** Dry runs of all playbooks, each looking at contents where an ordinary one trusts sizes and times. Exit 3 when something has moved. */
export async function driftCommand(command: CommandOf<'drift'>): Promise<ExitCode> {
  const asked = command.operands.map(playbook => ({ ...requestFrom(command, playbook, 'check'), thorough: true }));
  const answered = await answerPrompts(asked, refusePrompt);
  for (const request of answered) await compileRequest(request);
  const requests = await givePasswords(command, answered);
  const isForMachines = command.output === 'json' || command.output === 'junit';
  const runs: { readonly playbook: string; readonly events: Event[]; readonly exitCode: ExitCode }[] = [];
  const keep = keepRuns(command.kind, why => process.stderr.write(`warning: ${notKept(why)}\n`));
  using interruption = listenForInterruption(() => process.stderr.write('interrupted: what has been seen so far follows\n'));
  for (const request of requests) {
    if (interruption.stop.aborted) break;
    const events: Event[] = [];
    const reporter = isForMachines
      ? chooseReporter(command.output, { stream: process.stdout, colour: false, verbosity: command.verbose }, process.env)
      : undefined;
    const emit = (event: Event): void => {
      const told =
        event.kind === 'run-finished' && event.exitCode === EXIT.ok && hasMoved(events) ? { ...event, exitCode: EXIT.pending } : event;
      events.push(told);
      keep(told);
      reporter?.emit(told);
    };
    const { exitCode } = await execute(request, { emit, stop: interruption.stop, kill: interruption.kill });
    await reporter?.close();
    runs.push({ playbook: request.playbook, events, exitCode });
  }
  if (!isForMachines) {
    const paint = createPaint(usesColour(command.color, process.stdout, process.env));
    process.stdout.write(`${driftLines(foldDrift(runs), paint).slice(1).join('\n')}\n`);
  }
  const worst = runs.map(run => run.exitCode).find(code => code !== EXIT.ok);
  return worst ?? (runs.some(run => hasMoved(run.events)) ? EXIT.pending : EXIT.ok);
}

function hasMoved(events: readonly Event[]): boolean {
  return events.some(event => event.kind === 'task-result' && (event.status === 'changed' || event.status === 'unknown'));
}
