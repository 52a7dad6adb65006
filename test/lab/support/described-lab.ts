// The lab of a suite with what is described beyond its inventory: it stays, so that no test undoes what the one before did.
import assert from 'node:assert/strict';
import type { LabRun, LabRunOptions, StandingLab } from './lab-inventory.ts';
import { failuresOf, unknownsOf } from './run-results.ts';

/** A lab, and what is described so far. */
export interface DescribedLab {
  /** As `-e` is given it. */
  readonly extraVars: readonly string[];
  readonly describeMore: (...more: readonly object[]) => void;
  readonly run: (options?: LabRunOptions) => Promise<LabRun>;
  readonly check: () => Promise<LabRun>;
  readonly verify: () => Promise<LabRun>;
  readonly chaos: () => Promise<LabRun>;
  /** Describes more: a dry run without failures and unknowns, and a run that does just that. */
  readonly asForetold: (...more: readonly object[]) => Promise<LabRun>;
}

/** @param first what is described from the beginning */
export function describedLab(lab: StandingLab, ...first: readonly object[]): DescribedLab {
  const extraVars = first.map(variables => JSON.stringify(variables));
  const describeMore = (...more: readonly object[]): void => void extraVars.push(...more.map(variables => JSON.stringify(variables)));
  const run = (options: LabRunOptions = {}): Promise<LabRun> => lab.run('run', { extraVars, prove: true, ...options });
  const check = (): Promise<LabRun> => lab.run('check', { extraVars });
  return {
    extraVars,
    describeMore,
    run,
    check,
    verify: () => lab.run('verify', { extraVars }),
    chaos: () => lab.run('chaos', { extraVars }),
    async asForetold(...more) {
      describeMore(...more);
      const foretold = await check();
      assert.deepEqual([...failuresOf(foretold), ...unknownsOf(foretold)], []);
      const made = await run();
      assert.deepEqual(failuresOf(made), []);
      assert.deepEqual(made.changes, foretold.changes);
      return made;
    },
  };
}
