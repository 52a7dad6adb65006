// `tsplay run`: playbooks in order until one fails.
import { writeFileSync } from 'node:fs';
import { EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import type { Event } from '../../report/events.ts';
import { Profile } from '../../report/profile.ts';
import type { WireSpan } from '../../session/types.ts';
import type { CommandOf } from '../arguments/command.ts';
import { needTerminal } from '../ask-for-step.ts';
import { answerPrompts } from '../answer-prompts.ts';
import { compileRequest, type RunRequest } from '../compile-request.ts';
import { execute } from '../execute.ts';
import { listHosts, listTags, listTasks } from '../list-program.ts';
import { givePasswords } from '../passwords.ts';
import { retryFailed } from '../retry-failed.ts';
import { withReporter } from '../with-reporter.ts';
import { requestFrom } from './request.ts';

/** Runs, checks or lists. Every playbook is compiled before the first one connects. */
export async function runCommand(command: CommandOf<'run'>): Promise<ExitCode> {
  if (command.step) needTerminal();
  const wanted = command.operands.map(playbook => requestFrom(command, playbook, command.check ? 'check' : 'run'));
  const { retryFailed: word } = command;
  const retries = word === undefined ? [] : wanted.map(request => retryFailed(request, word));
  const asked = word === undefined ? wanted : retries.map(({ request }) => request);
  if (command.syntaxCheck || command.listTasks || command.listTags || command.listHosts) return list(command, asked);
  const requests = await givePasswords(command, await answerPrompts(asked));
  if (requests.length > 1) for (const request of requests) await compileRequest(request);
  const seen = { pending: false };
  const codeWhenFine = (): ExitCode => (command.exitCode && seen.pending ? EXIT.pending : EXIT.ok);
  const profile = new Profile();
  if (command.trace !== undefined) writeTrace(command.trace, profile);
  const code = await withReporter(command, async reported => {
    const context = { ...reported, observe: (span: WireSpan): void => profile.see(span) };
    const emit = (event: Event): void => {
      profile.hear(event);
      seen.pending ||= event.kind === 'task-result' && (event.status === 'changed' || event.status === 'unknown');
      // What the process will exit with is what the last event says.
      context.emit(event.kind === 'run-finished' && event.exitCode === EXIT.ok ? { ...event, exitCode: codeWhenFine() } : event);
    };
    for (const { words } of retries) context.emit({ kind: 'note', level: 'info', text: words });
    for (const request of requests) {
      const { exitCode } = await execute(request, { ...context, emit, isLast: request === requests.at(-1) });
      if (exitCode !== EXIT.ok) return exitCode;
    }
    return codeWhenFine();
  });
  if (command.profile) process.stderr.write(`${profile.text()}\n`);
  if (command.trace !== undefined) writeTrace(command.trace, profile);
  return code;
}

/** Written before the run, too: a file that cannot be is no surprise at its end. @throws InputError when it cannot be written */
function writeTrace(file: string, profile: Profile): void {
  try {
    writeFileSync(file, JSON.stringify(profile.trace()));
  } catch (error) {
    throw new InputError([{ what: `the trace cannot be written: ${error instanceof Error ? error.message : String(error)}` }]);
  }
}

async function list(command: CommandOf<'run'>, requests: readonly RunRequest[]): Promise<ExitCode> {
  for (const request of requests) {
    // What never runs by itself has tags as well.
    const all = command.listTags && request.tags.only.length === 0 ? { ...request.tags, only: ['never', 'all'] } : request.tags;
    const { program } = await compileRequest({ ...request, tags: all });
    if (command.listHosts) process.stdout.write(listHosts(program));
    if (command.listTags) process.stdout.write(listTags(program));
    if (command.listTasks) process.stdout.write(listTasks(program));
  }
  return EXIT.ok;
}
