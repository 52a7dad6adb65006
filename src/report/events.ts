// Events: everything the engine says. Reporters, the journal and the tests consume the same ones; the engine never prints.
import type { ExitCode } from '../errors/errors.ts';
import type { Position } from '../errors/problem.ts';
import type { Value } from '../util/value.ts';

/** What kind of run this is. */
export type Mode = 'run' | 'check' | 'verify' | 'chaos';

/** The task an event speaks of. */
export interface TaskRef {
  /** Unique in its Program; the same in a check and in the run. */
  readonly id: string;
  readonly name: string;
  readonly module: string;
  readonly role?: string;
  readonly at?: Position;
  readonly handler: boolean;
}

/** One attribute that differs: (host, task, attribute, to) is what a dry run foretells. */
export interface ChangeRecord {
  readonly attribute: string;
  readonly from: Value;
  readonly to: Value;
  /** Unified diff text, when asked for. */
  readonly diff?: string;
}

/** `unknown`: a dry run cannot know, and says on what it depends. */
export type TaskStatus = 'ok' | 'changed' | 'skipped' | 'failed' | 'unreachable' | 'unknown';

export interface TaskResult {
  readonly kind: 'task-result';
  readonly task: TaskRef;
  readonly host: string;
  /** The loop item, shown short. */
  readonly item?: string;
  /** Which item of the loop, from 0. */
  readonly index?: number;
  readonly status: TaskStatus;
  readonly changes: readonly ChangeRecord[];
  /** What a foretold change rests on. */
  readonly assumes: readonly string[];
  /** Why it failed, was skipped or is unknown; or what the module says. */
  readonly message?: string;
  /** Failed, and `ignore_errors` let it pass. */
  readonly ignored: boolean;
  /** Failed, or could not be reached, and a block around it has a rescue for that. */
  readonly rescued?: boolean;
  /** The host on which it was done, where that is another one. */
  readonly delegate?: string;
  readonly milliseconds: number;
}

export interface HostRecap {
  readonly host: string;
  readonly ok: number;
  readonly changed: number;
  readonly skipped: number;
  readonly failed: number;
  readonly unreachable: number;
  readonly unknown: number;
  readonly ignored: number;
  readonly rescued: number;
}

export type Event =
  | {
      readonly kind: 'run-started';
      readonly playbook: string;
      readonly inventory: string;
      readonly mode: Mode;
      readonly hosts: readonly string[];
      readonly tasks: number;
    }
  | { readonly kind: 'play-started'; readonly play: string; readonly at?: Position; readonly hosts: readonly string[] }
  | { readonly kind: 'task-started'; readonly task: TaskRef; readonly hosts: readonly string[] }
  /** The members of a cluster have their turns one after the other, in this order; `leftOut` by `--from`. */
  | {
      readonly kind: 'roll';
      readonly task: TaskRef;
      readonly turns: readonly { readonly member: string; readonly part?: string }[];
      readonly leftOut: readonly string[];
    }
  /** A host is waiting for something to come about. */
  | { readonly kind: 'waiting'; readonly task: TaskRef; readonly host: string; readonly for: string }
  /** One change is being carried out, or was foretold; results repeat them all. */
  | { readonly kind: 'change'; readonly task: TaskRef; readonly host: string; readonly change: ChangeRecord }
  /** A proof of `verify` or `chaos`, in words. */
  | { readonly kind: 'proof'; readonly task: TaskRef; readonly host: string; readonly text: string }
  | { readonly kind: 'notified'; readonly handler: string; readonly host: string }
  | TaskResult
  | { readonly kind: 'host-lost'; readonly host: string; readonly message: string }
  | { readonly kind: 'note'; readonly level: 'info' | 'warning'; readonly text: string }
  | {
      readonly kind: 'interrupted';
      readonly signal: 'first' | 'second';
      readonly running: readonly { readonly host: string; readonly task: string }[];
    }
  | {
      readonly kind: 'run-finished';
      readonly recap: readonly HostRecap[];
      readonly exitCode: ExitCode;
      readonly milliseconds: number;
      /** What crossed the wire. */
      readonly wire: { readonly roundTrips: number; readonly uploads: number; readonly connects: number };
      /** Tasks that were not begun because of an interruption or a failure. */
      readonly notDone: readonly string[];
    };

/** Takes events in the order they happen. Must not throw and must not wait. */
export type Emit = (event: Event) => void;
