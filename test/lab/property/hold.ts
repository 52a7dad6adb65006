// Holds a check against the run after it: what was foretold is what was changed, task by task and item by item.
import type { LabRun } from '../support/lab-inventory.ts';
import type { TaskResult } from '../../../src/report/events.ts';

/** A check and the run after it, held against each other. */
export interface Comparison {
  /** In words; empty when the property holds. */
  readonly differences: readonly string[];
  /** Why tasks of the check were unknown, one for each such task. */
  readonly unknown: readonly string[];
}

/** Modules whose words are part of what they do. */
const TALKERS: ReadonlySet<string> = new Set(['debug', 'assert']);
/** The words of a task whose answer rests on what an earlier one leaves. */
const RESTS = /^depends on |\bshows once\b|\bis picked when\b|^the id of group /;

/** Compares them. What the check does not know is left out, with the handlers it may call and what comes after it failed. */
export function compare(check: LabRun, run: LabRun): Comparison {
  const unknown = check.results.filter(result => result.status === 'unknown');
  const exempt = new Set(unknown.map(result => result.task.id));
  const end = firstSurprise(run, exempt);
  const [foretold, done] = [outcomesOf(check, exempt), outcomesOf(run, exempt)];
  const differences = [...new Set([...foretold.keys(), ...done.keys()])]
    .filter(key => (foretold.get(key)?.at ?? done.get(key)?.at ?? 0) < end)
    .flatMap(key => {
      const [said, was] = [foretold.get(key) ?? UNCALLED, done.get(key) ?? UNCALLED];
      return isKept(said, was) ? [] : [`${key}\n    check: ${said.text}\n    run:   ${was.text}`];
    });
  const groundless = unknown.filter(result => !RESTS.test(result.message ?? ''));
  return {
    differences: [
      ...differences,
      ...groundless.map(result => `${result.task.name} is unknown, and does not say on what it rests: ${result.message ?? ''}`),
      ...lostOtherwise(check, run),
    ],
    unknown: unknown.map(result => result.message ?? ''),
  };
}

/** What a run changed that should have had nothing to do; `always` are the names of tasks that run every time. */
export function restlessness(run: LabRun, always: ReadonlySet<string>): readonly string[] {
  return run.results
    .filter(result => result.status === 'changed' && !always.has(result.task.name) && !result.task.handler)
    .map(result => `${keyOf(result)} changes again: ${textOf(result)}`);
}

interface Outcome {
  readonly text: string;
  readonly changes: readonly string[];
  readonly at: number;
  /** Its end could not be known: what was foretold is a part of what is done. */
  readonly open: boolean;
}

function outcomesOf(run: LabRun, exempt: ReadonlySet<string>): ReadonlyMap<string, Outcome> {
  const entries = run.results.flatMap((result, at): readonly (readonly [string, Outcome])[] => {
    if (exempt.has(result.task.id)) return [];
    const open = result.status === 'changed' && RESTS.test(result.message ?? '');
    return [[keyOf(result), { text: textOf(result), changes: changesOf(result), at, open }]];
  });
  return new Map(entries);
}

/** A handler that nobody calls, and a task that is skipped, have nothing to do: that is all that a check says of them where it cannot know more. */
const UNCALLED: Outcome = { text: 'ok', changes: [], at: Infinity, open: false };

function isKept(said: Outcome, was: Outcome): boolean {
  const isSilent = said.text === 'ok' && was.text.startsWith('ok · ') && was.changes.length === 0;
  return said.text === was.text || isSilent || (said.open && said.changes.every(change => was.changes.includes(change)));
}

/** Where the run failed at a task whose outcome nobody could know: what comes after it was not reached. */
function firstSurprise(run: LabRun, exempt: ReadonlySet<string>): number {
  const at = run.results.findIndex(result => result.status === 'failed' && !result.ignored && exempt.has(result.task.id));
  return at < 0 ? Infinity : at;
}

function keyOf(result: TaskResult): string {
  return `${result.task.name}${result.item === undefined ? '' : ` [${result.item}]`}`;
}

function changesOf(result: TaskResult): readonly string[] {
  return result.changes.map(change => `${change.attribute}: ${JSON.stringify(change.from)} → ${JSON.stringify(change.to)}`);
}

function textOf(result: TaskResult): string {
  const speaks = result.status === 'failed' || (result.status === 'ok' && TALKERS.has(result.task.module));
  const words = speaks && result.message !== undefined ? [result.message] : [];
  // A condition that cannot be known does not matter where there is nothing to do anyway.
  const status = result.status === 'skipped' ? 'ok' : result.status;
  return [status, ...changesOf(result), ...words].join(' · ');
}

/** A host may be lost, since nobody can become a user who is not there; but then in the check as in the run. */
function lostOtherwise(check: LabRun, run: LabRun): readonly string[] {
  const [said, was] = [lossOf(check), lossOf(run)];
  return said === was ? [] : [`the host is lost otherwise\n    check: ${said}\n    run:   ${was}`];
}

function lossOf(run: LabRun): string {
  return run.events.flatMap(event => (event.kind === 'host-lost' ? [event.message] : [])).join('; ') || 'not lost';
}
