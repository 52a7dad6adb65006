// `tsplay verify`: proofs that the clusters work; with `--chaos`, that they go on working when nodes stop.
import { EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import type { CommandOf } from '../arguments/command.ts';
import { answerPrompts } from '../answer-prompts.ts';
import { compileRequest } from '../compile-request.ts';
import { execute } from '../execute.ts';
import { givePasswords } from '../passwords.ts';
import { withReporter } from '../with-reporter.ts';
import { requestFrom } from './request.ts';

/** Verifies the clusters of one playbook. A playbook that has nothing to prove is refused: silence is no proof. */
export async function verifyCommand(command: CommandOf<'verify'>): Promise<ExitCode> {
  const asked = command.operands.map(playbook => requestFrom(command, playbook, command.chaos ? 'chaos' : 'verify'));
  for (const request of await givePasswords(command, await answerPrompts(asked))) {
    const { playbook } = request;
    const { program } = await compileRequest(request);
    if (program.plays.length === 0)
      throw new InputError([{ what: `${playbook} has nothing to verify`, advice: 'name a playbook with a role that ships proofs' }]);
    const code = await withReporter(command, async context => (await execute(request, context)).exitCode);
    if (code !== EXIT.ok) return code;
  }
  return EXIT.ok;
}
