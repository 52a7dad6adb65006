// Errors that are no bug and no lost host: the task has failed, in words.
import { UnreachableError } from '../../errors/errors.ts';
import { formatProblem } from '../../errors/problem.ts';
import { inputErrorOf } from '../../program/input-error.ts';
import { SecretInCommand } from '../../util/shell.ts';
import { NOTHING, type Outcome } from '../state/outcome.ts';

/** The outcome that an error amounts to. @throws the error when it is a bug, or the host cannot be reached */
export function failureOf(error: unknown): Outcome {
  if (error instanceof UnreachableError) throw error;
  const input = inputErrorOf(error);
  if (input) return { ...NOTHING, status: 'failed', message: input.problems.map(formatProblem).join('\n') };
  if (error instanceof Error && (error.name === 'TaskFailure' || error instanceof SecretInCommand))
    return { ...NOTHING, status: 'failed', message: error.message };
  throw error;
}
