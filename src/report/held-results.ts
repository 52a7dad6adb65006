// Results of one task, held back until they can be read together; the decision when is here, and rests on events alone.
import type { TaskResult } from './events.ts';
import { groupResults, type ResultGroup } from './group-results.ts';

/** Holds the results of the task that is under way. */
export interface HeldResults {
  /** Hosts that are expected to answer from here on. */
  expect(hosts: readonly string[]): void;
  /** Keeps a result. @returns what can be read now: all that is held, once a host failed or every host has answered as often as the others */
  add(result: TaskResult): readonly ResultGroup[];
  /** Gives out what is held, ready or not: something else has to be said. */
  release(): readonly ResultGroup[];
}

/** Begins with nothing held. */
export function holdResults(): HeldResults {
  let held: TaskResult[] = [];
  let expected: readonly string[] = [];
  const answers = new Map<string, number>();
  const release = (): readonly ResultGroup[] => {
    const groups = groupResults(held, expected);
    held = [];
    return groups;
  };
  return {
    expect(hosts) {
      expected = [...hosts];
      answers.clear();
    },
    add(result) {
      held.push(result);
      answers.set(result.host, (answers.get(result.host) ?? 0) + 1);
      if (result.status === 'failed' || result.status === 'unreachable') return release();
      const counts = expected.map(host => answers.get(host) ?? 0);
      return counts.every(count => count > 0 && count === counts[0]) ? release() : [];
    },
    release,
  };
}
