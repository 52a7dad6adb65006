// The error for a saved plan that is not carried out: every reason at once, and nothing has been touched.
import { EXIT, type ExitCode } from '../errors/errors.ts';

/** A plan that no longer fits. Exit 6. */
export class StalePlan extends Error {
  readonly reasons: readonly string[];
  readonly exitCode: ExitCode = EXIT.stalePlan;

  constructor(reasons: readonly string[], heading?: string) {
    super(
      [...(heading === undefined ? [] : [heading]), ...reasons.map(reason => (heading === undefined ? reason : `  ${reason}`))].join('\n'),
    );
    this.name = 'StalePlan';
    this.reasons = Object.freeze([...reasons]);
  }
}
