// What the default view keeps quiet about: tasks that are as described, or not for these hosts, are counted play by play.
import type { ResultGroup } from './group-results.ts';
import { plural } from './plural.ts';

/** Counts the tasks that get no line. */
export interface QuietCount {
  /** Whether these results are nothing to read; if so they are counted. */
  swallows(group: ResultGroup): boolean;
  /** A task that has lines on the page is not counted. */
  heard(task: string): void;
  /** The sum since the last call: `31 tasks as described, 4 skipped`; undefined when there is none. */
  sum(): string | undefined;
}

/** Begins at zero. */
export function createQuietCount(): QuietCount {
  const ok = new Set<string>();
  const skipped = new Set<string>();
  const loud = new Set<string>();
  return {
    swallows({ result: { task, status, message } }) {
      if (status === 'skipped') skipped.add(task.id);
      else if (status === 'ok' && message === undefined) ok.add(task.id);
      else return false;
      return true;
    },
    heard: task => void loud.add(task),
    sum() {
      const fine = [...ok].filter(task => !loud.has(task)).length;
      const passed = [...skipped].filter(task => !loud.has(task) && !ok.has(task)).length;
      for (const set of [ok, skipped, loud]) set.clear();
      const words = [
        ...(fine > 0 ? [`${plural(fine, 'task')} as described`] : []),
        ...(passed > 0 ? [fine > 0 ? `${passed} skipped` : `${plural(passed, 'task')} skipped`] : []),
      ];
      return words.length > 0 ? words.join(', ') : undefined;
    },
  };
}
