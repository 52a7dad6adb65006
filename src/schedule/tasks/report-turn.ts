// The end of a turn, told to whoever listens.
import type { AnyParams } from '../../modules/contract.ts';
import type { TaskResult } from '../../report/events.ts';
import { isDelegated, type HostTurn } from './host-turn.ts';
import type { Outcome } from '../state/outcome.ts';
import type { Pass } from '../values/passes.ts';

/** What is known of how it ended. */
export type Ended = Pick<TaskResult, 'status'> & Partial<Pick<Outcome, 'changes' | 'assumes' | 'because' | 'message'>>;

/** Tells the ledger and the reporters. */
export function reportTurn(turn: HostTurn, outcome: Ended, { item }: Pass, started: number, params?: AnyParams): void {
  const { host, slot, spec, engine, isRescuable } = turn;
  const occasion = { host: host.name, task: slot.ref, ...(item && { item: item.shown, index: item.index }) };
  const told = { changes: outcome.changes ?? [], assumes: outcome.assumes ?? [] };
  const message = outcome.message === undefined ? {} : { message: outcome.message };
  const ignored = outcome.status === 'failed' && spec.ignoreErrors;
  engine.ledger?.({ ...occasion, ...told, ...message, status: outcome.status, params, because: outcome.because ?? [] });
  engine.emit({
    kind: 'task-result',
    ...occasion,
    ...told,
    // What is no change by its author's words is none.
    changes: outcome.status === 'ok' || outcome.status === 'unknown' ? [] : told.changes,
    ...message,
    status: outcome.status,
    ignored,
    ...(outcome.status === 'failed' && !ignored && isRescuable && { rescued: true }),
    ...(isDelegated(turn) && { delegate: turn.actor.host.name }),
    milliseconds: Date.now() - started,
  });
}
