// The dependent tasks as tsplay ran or checked them.
import type { LabRun } from '../lab/support/lab-inventory.ts';
import type { Outcome } from './verdict.ts';

/** How each task ended, by its name. */
export function tsplayOutcomes(run: LabRun): ReadonlyMap<string, Outcome> {
  return new Map(
    run.results.map(({ task, status, message }) => [
      task.name,
      { status: status === 'unreachable' ? 'failed' : status, ...(message !== undefined && { message }) },
    ]),
  );
}

/** The module of each task, by the task's name. */
export function tsplayModules(run: LabRun): ReadonlyMap<string, string> {
  return new Map(run.results.map(({ task }) => [task.name, task.module]));
}
