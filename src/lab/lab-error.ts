// The error of the lab: its message says what is wrong, where, and what to do.
import { EXIT, type ExitCode } from '../errors/errors.ts';

/** A lab that cannot be built, reached or taken down. */
export class LabError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.failed) {
    super(message);
    this.name = 'LabError';
    this.exitCode = exitCode;
  }
}
