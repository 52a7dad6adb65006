// The cluster of one lab, broken again and again while something is done to it; what the next runs make of it is held against what was before.
import type { Event } from '../../../src/report/events.ts';
import { breakRun, settle } from './broken-run.ts';
import type { ChildRun } from './killed-run.ts';
import type { TestLab } from './lab-inventory.ts';
import { momentIn, type TimedStep } from './moments.ts';

/** A system whose cluster can be broken. */
export interface Breakable<Deed extends string = string> {
  /** The word that chooses it; a deed behind it chooses that alone: `redis`, `redis-making`. */
  readonly name: string;
  readonly inventory: string;
  readonly playbook: string;
  /** What is done to a cluster. Those of one group are done by turns: each begins where the other ends. */
  readonly groups: readonly (readonly Deed[])[];
  /** What a run does to the cluster, or waits for: it may be killed behind each. */
  readonly isStep: (event: Event) => boolean;
  /** Builds the cluster, and gives it something to keep. */
  start(lab: TestLab): Promise<BreakableCluster<Deed>>;
}

/** One that stands. */
export interface BreakableCluster<Deed extends string = string> {
  /** What is described beyond the inventory. */
  extraVars(): readonly string[];
  /** Brings the cluster to where the deed begins, and describes where it ends. */
  prepare(deed: Deed): Promise<void>;
  /** Between which of the steps moments are; default: the first and the last. */
  between?(deed: Deed, steps: readonly Event[]): readonly [number, number];
  /** Looks before the deed is done. */
  watch(deed: Deed): Promise<Watch>;
}

/** Who has looked before, and looks again. */
export interface Watch {
  /** Looks at what a dead controller has left. */
  whenDead?(): Promise<void>;
  /** @returns in words what is not as it should be */
  end(): Promise<readonly string[]>;
}

/** Where a run breaks. */
export interface ClusterBreak<Deed extends string = string> {
  readonly deed: Deed;
  /** The moment, as a part of the time that the deed takes: 0 to 1. */
  readonly part: number;
  readonly isCut: boolean;
}

export interface ClusterBreaks {
  /** @returns where it was killed, and in words what is not as it should be */
  tryBreak(place: ClusterBreak): Promise<{ readonly where: string; readonly problems: readonly string[] }>;
}

/** Builds the cluster, to be broken. */
export async function startClusterBreaks(system: Breakable, lab: TestLab): Promise<ClusterBreaks> {
  const { playbook, isStep } = system;
  const cluster = await system.start(lab);
  const measured = new Map<string, readonly TimedStep[]>();
  return {
    async tryBreak({ deed, part, isCut }) {
      const steps = measured.get(deed) ?? (await measure(deed));
      const events = steps.map(({ event }) => event);
      const moment = momentIn(steps, cluster.between?.(deed, events) ?? [0, steps.length - 1], part);
      await cluster.prepare(deed);
      const watch = await cluster.watch(deed);
      const { killed, problems } = await breakRun(
        lab,
        { playbook, extraVars: cluster.extraVars() },
        { point: { ...moment, is: isStep }, isCut, whenDead: async () => watch.whenDead?.() },
      );
      return { where: whereOf(killed), problems: [...problems, ...(await watch.end())] };
    },
  };

  /** A run that nothing disturbs shows how long what takes. What is looked at has to be as it should be then. */
  async function measure(deed: string): Promise<readonly TimedStep[]> {
    await cluster.prepare(deed);
    const watch = await cluster.watch(deed);
    const steps: TimedStep[] = [];
    await settle(lab, { playbook, extraVars: cluster.extraVars() }, event => {
      if (isStep(event)) steps.push({ event, at: performance.now() });
    });
    const problems = await watch.end();
    if (problems.length > 0) throw new Error(`after ${deed} that nothing disturbed: ${problems.join('; ')}`);
    measured.set(deed, steps);
    return steps;
  }
}

function whereOf({ exitCode, events }: ChildRun): string {
  const last = events.at(-1);
  const told = last !== undefined && 'task' in last ? `${last.kind} of "${last.task.name}"` : (last?.kind ?? 'nothing');
  return `${exitCode === undefined ? 'killed' : 'it was through'}, the last it told of was ${told}`;
}
