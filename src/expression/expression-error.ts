// What a template or a condition fails with: a problem at its place, for the loader to collect and for a host to fail with.
import { formatProblem, type Problem } from '../errors/problem.ts';

/** An expression that cannot be read or evaluated. It carries no exit code: before a run it is input, during a run a host fails. */
export class ExpressionError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(formatProblem(problem));
    this.name = 'ExpressionError';
    this.problem = Object.freeze(problem);
  }
}

/** Something that is not there: a variable, a key, an item. `default` and `has` are made for it. */
export class MissingError extends ExpressionError {
  constructor(problem: Problem) {
    super(problem);
    this.name = 'MissingError';
  }
}
