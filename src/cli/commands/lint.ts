// `tsplay lint`: everything that can be found without a connection.
import { EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import { formatProblem, type Problem } from '../../errors/problem.ts';
import { inputErrorOf } from '../../program/input-error.ts';
import type { CommandOf } from '../arguments/command.ts';
import { compileRequest } from '../compile-request.ts';
import { requestFrom } from './request.ts';

/** Validates and compiles each playbook; what is worth a line goes to standard error. @throws InputError with the problems of all of them */
export async function lintCommand(command: CommandOf<'lint'>): Promise<ExitCode> {
  const problems: Problem[] = [];
  const warnings = new Set<string>();
  for (const playbook of command.operands) {
    try {
      const { program, sources } = await compileRequest(requestFrom(command, playbook, 'check'));
      for (const words of [...sources.notes.map(formatProblem), ...program.advice]) warnings.add(words);
    } catch (error) {
      const input = inputErrorOf(error);
      if (input === undefined) throw error;
      problems.push(...input.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  for (const words of warnings) process.stderr.write(`warning: ${words}\n`);
  process.stdout.write(`${command.operands.join(', ')}: nothing to object to\n`);
  return EXIT.ok;
}
