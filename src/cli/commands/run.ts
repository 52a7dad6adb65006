// `tsplay run`: playbooks in order until one fails.
import { EXIT, type ExitCode } from '../../errors/errors.ts';
import type { Event } from '../../report/events.ts';
import type { CommandOf } from '../arguments/command.ts';
import { compileRequest, type RunRequest } from '../compile-request.ts';
import { execute } from '../execute.ts';
import { listHosts, listTasks } from '../list-program.ts';
import { withReporter } from '../with-reporter.ts';
import { requestFrom } from './request.ts';

/** Runs, checks or lists. Every playbook is compiled before the first one connects. */
export async function runCommand(command: CommandOf<'run'>): Promise<ExitCode> {
  const requests = command.operands.map(playbook => requestFrom(command, playbook, command.check ? 'check' : 'run'));
  if (command.syntaxCheck || command.listTasks || command.listHosts) return list(command, requests);
  if (requests.length > 1) for (const request of requests) await compileRequest(request);
  const seen = { pending: false };
  const codeWhenFine = (): ExitCode => (command.exitCode && seen.pending ? EXIT.pending : EXIT.ok);
  return withReporter(command, async context => {
    const emit = (event: Event): void => {
      seen.pending ||= event.kind === 'task-result' && (event.status === 'changed' || event.status === 'unknown');
      // What the process will exit with is what the last event says.
      context.emit(event.kind === 'run-finished' && event.exitCode === EXIT.ok ? { ...event, exitCode: codeWhenFine() } : event);
    };
    for (const request of requests) {
      const { exitCode } = await execute(request, { ...context, emit });
      if (exitCode !== EXIT.ok) return exitCode;
    }
    return codeWhenFine();
  });
}

async function list(command: CommandOf<'run'>, requests: readonly RunRequest[]): Promise<ExitCode> {
  for (const request of requests) {
    const { program } = await compileRequest(request);
    if (command.listHosts) process.stdout.write(listHosts(program));
    if (command.listTasks) process.stdout.write(listTasks(program));
  }
  return EXIT.ok;
}
