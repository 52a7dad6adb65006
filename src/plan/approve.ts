// What a plan lets a run do: nothing but the changes it holds.
import type { Approval, Occasion } from '../schedule/state/ledger.ts';
import type { ChangeRecord } from '../report/events.ts';
import { canonical, same } from '../util/canonical.ts';
import { unknownsIn } from '../util/value.ts';
import { decode } from './encode.ts';
import type { SavedPlan } from './read-plan.ts';
import type { PlanTurn } from './types.ts';

interface Allowed {
  readonly changes: readonly ChangeRecord[];
  /** Parts of it could not be foretold. */
  readonly isUnknown: boolean;
  /** What it starts from was assumed, so it may be otherwise. */
  readonly isAssumed: boolean;
}

/** Turns of a plan that could not be foretold, in words. */
export function unknownTurns({ plan }: SavedPlan): readonly string[] {
  return plan.tasks.flatMap(task =>
    task.turns
      .filter(turn => turn.unknown.length > 0)
      .map(turn => `${turn.host}: task ${task.id} "${task.name}" ${turn.unknown.join('; ')}`),
  );
}

/** Allows what the plan holds. */
export function approvalOf({ plan, secrets }: SavedPlan): Approval {
  const allowed = new Map<string, Allowed>();
  for (const task of plan.tasks)
    for (const turn of task.turns) allowed.set(keyOf(turn.host, task.id, turn.index), allowedIn(turn, secrets));
  return (occasion, change) => refusalOf(occasion, change, allowedFor(allowed, occasion));
}

/** A loop whose items could not be foretold has one turn for all of them. */
function allowedFor(allowed: ReadonlyMap<string, Allowed>, { host, task, index }: Occasion): Allowed | undefined {
  const whole = allowed.get(keyOf(host, task.id, undefined));
  return allowed.get(keyOf(host, task.id, index)) ?? (whole?.isUnknown === true ? whole : undefined);
}

function allowedIn(turn: PlanTurn, secrets: readonly string[]): Allowed {
  return {
    changes: turn.changes.map(({ attribute, from, to }) => ({ attribute, from: decode(from, secrets), to: decode(to, secrets) })),
    isUnknown: turn.unknown.length > 0,
    isAssumed: turn.assumes.length > 0,
  };
}

function refusalOf({ host }: Occasion, change: ChangeRecord, allowed: Allowed | undefined): string | undefined {
  if (allowed?.isUnknown === true) return undefined;
  const what = `${change.attribute}: ${shown(change.from)} → ${shown(change.to)}`;
  const planned = allowed?.changes.filter(each => each.attribute === change.attribute && fits(each.to, change.to)) ?? [];
  if (planned.length === 0) return `not in the plan, so it is not done: ${what}; something on ${host} has changed since the plan was made`;
  if (allowed?.isAssumed === true || planned.some(each => fits(each.from, change.from))) return undefined;
  return `the plan has ${change.attribute} as ${shown(planned[0]?.from)}, and it is ${shown(change.from)} now; it is left as it is`;
}

/** What could not be foretold fits whatever it has become. */
function fits(planned: unknown, found: unknown): boolean {
  return unknownsIn(planned).length > 0 || same(planned, found);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '(nothing)' : JSON.stringify(value);
}

function keyOf(host: string, task: string, index: number | undefined): string {
  return canonical([host, task, index ?? -1]);
}
