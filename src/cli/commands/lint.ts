// `tsplay lint`: everything that can be found without a connection.
import { EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import type { Problem } from '../../errors/problem.ts';
import { inputErrorOf } from '../../program/input-error.ts';
import type { CommandOf } from '../arguments/command.ts';
import { compileRequest } from '../execute.ts';
import { requestFrom } from './request.ts';

/** Validates and compiles each playbook. @throws InputError with the problems of all of them */
export async function lintCommand(command: CommandOf<'lint'>): Promise<ExitCode> {
  const problems: Problem[] = [];
  for (const playbook of command.operands) {
    try {
      await compileRequest(requestFrom(command, playbook, 'check'));
    } catch (error) {
      const input = inputErrorOf(error);
      if (input === undefined) throw error;
      problems.push(...input.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  process.stdout.write(`${command.operands.join(', ')}: nothing to object to\n`);
  return EXIT.ok;
}
