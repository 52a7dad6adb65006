// What is noted of a run beside its events, and what a run may be held to: how a plan is made, and how it is carried out.
import type { AnyParams } from '../../modules/contract.ts';
import type { ChangeRecord, TaskRef, TaskStatus } from '../../report/events.ts';

/** A task's turn on a host; in a loop, one item of it. */
export interface Occasion {
  readonly host: string;
  readonly task: TaskRef;
  /** Which item, from 0. */
  readonly index?: number;
}

/** How a turn ended, with what no event carries. */
export interface LedgerEntry extends Occasion {
  /** The item, shown short. */
  readonly item?: string;
  readonly status: TaskStatus;
  /** As the module received them. Undefined while they cannot be known. */
  readonly params: AnyParams | undefined;
  readonly changes: readonly ChangeRecord[];
  readonly assumes: readonly string[];
  /** Why it is unknown, wholly or in part. */
  readonly because: readonly string[];
  readonly message?: string;
}

/** Told of every turn. */
export type Ledger = (entry: LedgerEntry) => void;

/** What a run is held to: asked before every change. @returns why it may not be made, in words */
export type Approval = (occasion: Occasion, change: ChangeRecord) => string | undefined;
