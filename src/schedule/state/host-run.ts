// A host during a run: what is known of it, what it was told, whether it is still with us.
import type { HostEntry, Play } from '../../program/types.ts';
import type { TaskRef } from '../../report/events.ts';
import { Gate } from '../../util/gate.ts';
import type { Value } from '../../util/value.ts';
import { FactStore } from './fact-store.ts';

/** How a host stands. `failed` and `lost` hosts leave the play and the plays after it, one that has `left` only the play; one that is `waiting` is back after the role. */
export type Standing = 'alive' | 'waiting' | 'failed' | 'lost' | 'left';

/** What failed on a host last: a rescue is told. */
export interface Failure {
  readonly task: TaskRef;
  /** As `register` would have it. */
  readonly result: Value;
}

/** The state of one host; lives as long as the run. */
export class HostRun {
  readonly name: string;
  /** Another one where a task has put the host into groups. */
  entry: HostEntry;
  readonly facts: FactStore;
  /** Registered results and what `set` gave. */
  readonly assigned = new Map<string, Value>();
  /** Handlers that are owed, and why that is uncertain in a dry run. */
  readonly notified = new Map<string, readonly string[]>();
  /** Handlers that the host itself keeps until they have run, and as whom: undefined is the login user. */
  readonly owedTo = new Map<string, string | undefined>();
  /** Plays whose owed handlers were asked for. */
  readonly recalled = new Set<Play>();
  /** As whom this run has its turn at changing it; empty is the login user. */
  readonly turns = new Set<string>();
  /** How often its turn was taken after another run's, and what was read before was forgotten. */
  takeovers = 0;
  /** How often other runs came before it. */
  overtaken = 0;
  /** In a dry run, the tasks that would have changed something here, or might have. */
  readonly foretold = new Set<string>();
  standing: Standing = 'alive';
  failure: Failure | undefined;
  /** What failed is forgiven: it is back in the next play. */
  isCleared = false;
  /** What other hosts delegate to it is done one after the other. */
  readonly delegated = new Gate(1);
  /** Why it is lost, in words. */
  lostBecause = '';

  constructor(entry: HostEntry, facts = new FactStore()) {
    this.name = entry.name;
    this.entry = entry;
    this.facts = facts;
  }

  /** The host for a task that is foretold only, even in a run: what it lays over the facts is nobody else's. */
  shadow(): HostRun {
    const { assigned, notified, owedTo, turns } = this;
    return Object.assign(new HostRun(this.entry, this.facts.fork()), { assigned, notified, owedTo, turns });
  }

  /** Owes a handler; a certain notification outweighs an uncertain one. */
  notify(handler: string, uncertainBecause: readonly string[]): void {
    const before = this.notified.get(handler);
    if (before === undefined || uncertainBecause.length === 0) this.notified.set(handler, uncertainBecause);
  }
}
