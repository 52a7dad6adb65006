// What came of a run, in words that a test compares with nothing.
import type { LabRun } from './lab-inventory.ts';

/** `host: message` of what failed. */
export function failuresOf({ results }: Pick<LabRun, 'results'>): readonly string[] {
  return results.filter(({ status }) => status === 'failed').map(({ host, message = '' }) => `${host}: ${message}`);
}

/** `host: task: message` of what a dry run cannot know. */
export function unknownsOf({ results }: Pick<LabRun, 'results'>): readonly string[] {
  return results.filter(({ status }) => status === 'unknown').map(({ host, task, message = '' }) => `${host}: ${task.name}: ${message}`);
}
