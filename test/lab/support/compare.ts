// Holds what was foretold and reported against what the oracle saw on the hosts.
import { explanationsFor, NOISE } from './explain.ts';
import type { TestLab } from './lab-inventory.ts';
import { differingPaths, lookAt, type Snapshot } from './oracle.ts';

/** What does not fit on one host; both empty when all does. */
export interface Misfit {
  /** Paths that changed, and nothing foretold it. */
  readonly unexplained: readonly string[];
  /** Tasks that were foretold and reported, and left nothing to be seen. */
  readonly traceless: readonly string[];
}

/** Every host at this moment. */
export async function lookAtAll({ state }: TestLab): Promise<ReadonlyMap<string, Snapshot>> {
  return new Map(await Promise.all(state.hosts.map(async host => [host.name, await lookAt(state, host)] as const)));
}

/** What differs on a host between two moments, without what changes by itself; paths, and the names of what its tools list. */
export function realDifferences(before: Snapshot, after: Snapshot): readonly string[] {
  const lists = (['packages', 'accounts', 'units'] as const).filter(list => before[list] !== after[list]);
  return [...differingPaths(before, after).filter(path => !isNoise(path)), ...lists];
}

/** Every difference has a task that was foretold to change, and every foretold change has left its trace. */
export function compareWithOracle(lab: TestLab, host: string, before: Snapshot, after: Snapshot, changes: readonly string[]): Misfit {
  const changed = new Set(changes.filter(change => change.startsWith(`${host} | `)).map(change => change.split(' | ')[1]));
  const explanations = explanationsFor(lab.program, host).filter(explanation => changed.has(explanation.task));
  const paths = differingPaths(before, after).filter(path => !isNoise(path));
  return {
    unexplained: paths.filter(path => !explanations.some(explanation => explanation.paths.test(path))),
    traceless: explanations
      .filter(explanation => explanation.leavesPath && !paths.some(path => explanation.paths.test(path)))
      .map(explanation => explanation.task),
  };
}

function isNoise(path: string): boolean {
  return NOISE.some(noise => noise.test(path));
}
