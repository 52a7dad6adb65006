// The engine as a task sees it that asks for something of its own: how long a step may take, whether diffs are shown, or that nothing is.
import type { TaskSpec } from '../../program/types.ts';
import type { ChangeRecord, Event } from '../../report/events.ts';
import type { Engine } from '../state/engine.ts';
import type { LedgerEntry } from '../state/ledger.ts';

const HIDDEN = '(not shown: no_log)';

/** The same engine for most tasks. */
export function engineFor(engine: Engine, { diff, timeout, noLog }: TaskSpec): Engine {
  if (diff === undefined && timeout === undefined && noLog === undefined) return engine;
  const { ledger } = engine;
  return {
    ...engine,
    ...(diff !== undefined && { options: { ...engine.options, diff } }),
    ...(timeout !== undefined && { limit: timeout }),
    ...(noLog === true && {
      emit: (event: Event) => engine.emit(hidden(event)),
      ...(ledger && { ledger: (entry: LedgerEntry) => ledger(hiddenEntry(entry)) }),
    }),
  };
}

function hidden(event: Event): Event {
  if (event.kind === 'change') return { ...event, change: hiddenChange(event.change) };
  if (event.kind === 'waiting') return { ...event, for: HIDDEN };
  if (event.kind === 'proof') return { ...event, text: HIDDEN };
  if (event.kind !== 'task-result') return event;
  return {
    ...event,
    changes: event.changes.map(hiddenChange),
    assumes: event.assumes.map(() => HIDDEN),
    ...(event.item !== undefined && { item: HIDDEN }),
    ...(event.message !== undefined && { message: HIDDEN }),
  };
}

function hiddenChange({ attribute }: ChangeRecord): ChangeRecord {
  return { attribute, from: HIDDEN, to: HIDDEN };
}

/** A plan holds nothing of it: it cannot say what the task would do, and lets it do that. */
function hiddenEntry({ host, task, index, status, changes }: LedgerEntry): LedgerEntry {
  const place = { host, task, ...(index !== undefined && { index, item: HIDDEN }) };
  const isStill = changes.length === 0 && (status === 'ok' || status === 'skipped');
  return { ...place, status: isStill ? status : 'unknown', params: undefined, changes: [], assumes: [], because: isStill ? [] : [HIDDEN] };
}
