// What the sequences were made of: so that a property that holds is known to have been put to the test.
import type { TaskResult } from '../../../src/report/events.ts';
import type { Trial } from './try-sequence.ts';

/** Counts over all sequences. */
export interface Figures {
  readonly sequences: number;
  readonly modules: number;
  readonly results: Readonly<Record<TaskResult['status'], number>>;
  /** Tasks whose outcome the check did not know, and their share. */
  readonly unknown: number;
  readonly unknownShare: number;
  /** Modules of the tasks that unknown ones rest on, with how many rest on them. */
  readonly rests: Readonly<Record<string, number>>;
}

/** Counts what trials were made of. */
export function figuresOf(trials: readonly Trial[]): Figures {
  const results = trials.flatMap(trial => trial.results);
  const count = (status: TaskResult['status']): number => results.filter(result => result.status === status).length;
  const unknown = trials.flatMap(trial => trial.unknown);
  return {
    sequences: trials.length,
    modules: new Set(results.map(result => result.task.module)).size,
    results: {
      ok: count('ok'),
      changed: count('changed'),
      skipped: count('skipped'),
      failed: count('failed'),
      unreachable: count('unreachable'),
      unknown: count('unknown'),
    },
    unknown: unknown.length,
    unknownShare: results.length === 0 ? 0 : unknown.length / results.length,
    rests: tally(unknown.map(groundOf)),
  };
}

/** The module of the task that a message names: its name says it. */
function groundOf(message: string): string {
  return /^depends on (?:task|handler) \d* ?"(?:r\d+ )?([^"]+)"/.exec(message)?.[1] ?? message.replaceAll(/"[^"]*"|\/\S+/g, '…');
}

function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, left], [, right]) => right - left));
}

/** The figures as lines for a person. */
export function figureLines(figures: Figures): readonly string[] {
  const { ok, changed, skipped, failed } = figures.results;
  return [
    `${figures.sequences} sequences over ${figures.modules} modules: ${changed} tasks changed, ${ok} ok, ${skipped} skipped, ${failed} failed as foretold`,
    `${figures.unknown} tasks unknown (${(100 * figures.unknownShare).toFixed(1)} %), resting on: ${Object.entries(figures.rests)
      .map(([ground, count]) => `${ground} ${count}`)
      .join(', ')}`,
  ];
}
