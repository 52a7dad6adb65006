// The recap: a pure fold of events into one row per host. A task counts once on a host, however many items it loops over.
import type { Event, HostRecap, TaskResult } from './events.ts';

type Standing = Exclude<keyof HostRecap, 'host'>;

/** What a task with several results counts as: the first of these that one of them is. */
const WORST_FIRST: readonly Standing[] = ['unreachable', 'failed', 'rescued', 'ignored', 'unknown', 'changed', 'ok', 'skipped'];

/** The sums over all hosts. */
export interface Totals extends Omit<HostRecap, 'host'> {
  readonly hosts: number;
  /** Tasks that were begun or reported, each once. */
  readonly tasks: number;
  /** (host, task) pairs that came to an end. */
  readonly results: number;
  /** Attributes changed or foretold. */
  readonly changes: number;
  /** Foretold changes that rest on an assumption. */
  readonly assumed: number;
  /** Assumptions that these rest on, each once. */
  readonly assumptions: number;
  readonly proofs: number;
}

interface Tally {
  /** What is finished, counted. */
  readonly counts: Record<Standing, number>;
  /** What may still get another item, by task. */
  readonly open: Map<string, { standing: Standing; isLoop: boolean }>;
  isLost: boolean;
}

/** Takes events one by one; can be asked at any time. */
export interface RecapFold {
  add(event: Event): void;
  recap(): readonly HostRecap[];
  totals(): Totals;
}

/** Begins a fold. Columns are disjoint: they add up to the tasks of a host. `ignored` are failures that were let pass, `rescued` those that a block has a rescue for. */
export function createRecapFold(hosts: readonly string[] = []): RecapFold {
  const tallies = new Map<string, Tally>();
  let changes = 0;
  let assumed = 0;
  let proofs = 0;
  const tasks = new Set<string>();
  const assumptions = new Set<string>();
  const tallyOf = (host: string): Tally => {
    const tally = tallies.get(host) ?? { counts: noCounts(), open: new Map(), isLost: false };
    tallies.set(host, tally);
    return tally;
  };
  const recap = (): readonly HostRecap[] => Object.freeze([...tallies].map(([host, tally]) => rowOf(host, tally)));
  hosts.forEach(tallyOf);
  return {
    add(event) {
      if (event.kind === 'task-started' || event.kind === 'task-result') tasks.add(event.task.id);
      if (event.kind === 'proof') proofs += 1;
      if (event.kind === 'run-started') event.hosts.forEach(tallyOf);
      else if (event.kind === 'host-lost') tallyOf(event.host).isLost = true;
      else if (event.kind === 'task-started') for (const host of event.hosts) close(tallyOf(host), event.task.id);
      else if (event.kind === 'task-result') {
        changes += event.changes.length;
        if (event.assumes.length > 0) assumed += event.changes.length;
        if (event.changes.length > 0) event.assumes.forEach(text => assumptions.add(text));
        count(tallyOf(event.host), event);
      }
    },
    recap,
    totals() {
      const rows = recap();
      const sum = (standing: Standing): number => rows.reduce((total, row) => total + row[standing], 0);
      const sums = Object.fromEntries(WORST_FIRST.map(standing => [standing, sum(standing)])) as Record<Standing, number>;
      return Object.freeze({
        ...sums,
        hosts: rows.length,
        tasks: tasks.size,
        results: WORST_FIRST.reduce((total, standing) => total + sums[standing], 0),
        changes,
        assumed,
        assumptions: assumptions.size,
        proofs,
      });
    },
  };
}

/** The rows of a finished list of events: `hosts` in this order first, then others as they appear. */
export function foldRecap(hosts: readonly string[], events: Iterable<Event>): readonly HostRecap[] {
  const fold = createRecapFold(hosts);
  for (const event of events) fold.add(event);
  return fold.recap();
}

function count(tally: Tally, result: TaskResult): void {
  const standing: Standing = result.ignored ? 'ignored' : result.rescued === true ? 'rescued' : result.status;
  const isLoop = result.item !== undefined;
  const open = tally.open.get(result.task.id);
  // A second result without an item is a second time: a handler that ran in two flushes.
  if (open !== undefined && !open.isLoop && !isLoop) close(tally, result.task.id);
  const before = tally.open.get(result.task.id);
  const worst = before && WORST_FIRST.indexOf(before.standing) < WORST_FIRST.indexOf(standing) ? before.standing : standing;
  tally.open.set(result.task.id, { standing: worst, isLoop });
}

function close(tally: Tally, task: string): void {
  const open = tally.open.get(task);
  if (open) tally.counts[open.standing] += 1;
  tally.open.delete(task);
}

function rowOf(host: string, tally: Tally): HostRecap {
  const counts = { ...tally.counts };
  for (const { standing } of tally.open.values()) counts[standing] += 1;
  if (tally.isLost && counts.unreachable === 0) counts.unreachable = 1;
  return Object.freeze({ host, ...counts });
}

function noCounts(): Record<Standing, number> {
  return { ok: 0, changed: 0, skipped: 0, failed: 0, unreachable: 0, unknown: 0, ignored: 0, rescued: 0 };
}
