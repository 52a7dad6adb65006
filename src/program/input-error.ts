// Errors of expressions as problems with what a person wrote.
import { InputError } from '../errors/errors.ts';
import { ExpressionError } from '../expression/expression-error.ts';

/** The InputError that an error is or amounts to; undefined for any other. */
export function inputErrorOf(error: unknown): InputError | undefined {
  if (error instanceof InputError) return error;
  return error instanceof ExpressionError ? new InputError([error.problem]) : undefined;
}
