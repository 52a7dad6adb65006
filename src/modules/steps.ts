// Steps: a module's answer to "what differs between what should be and what is?".
import type { FactRef, FactSet } from '../facts/contract.ts';
import type { Resource } from '../facts/resource.ts';
import { same } from '../util/canonical.ts';
import type { ShellText } from '../util/shell.ts';
import type { Value } from '../util/value.ts';
import type { Action, RunAction } from './actions.ts';

/** One difference and how it is mended. (host, task, attribute, to) is what a dry run foretells. */
export interface Change {
  readonly kind: 'change';
  readonly attribute: string;
  readonly from: Value;
  readonly to: Value;
  readonly actions: readonly Action[];
  /** What the facts read afterwards. A lie here is a bug that `--prove` finds. */
  readonly sets: readonly FactSet[];
  /** What the actions disturb; facts that read these and are not in `sets` are read again. */
  readonly touches: readonly Resource[];
  /** What holds nothing afterwards but what `sets` names: facts that read only these, and are not set, read as absent. */
  readonly empties?: readonly Resource[];
  /** The member it happens on; cluster modules only. */
  readonly on?: string;
  /** A file for `--diff`; what stands there is read only when a person asked to see it. */
  readonly diff?: {
    readonly path: string;
    readonly before: FactRef<string>;
    /** Bytes of what stands there; null: no file does. */
    readonly size: number | null;
    /** Null: no file will. */
    readonly after: string | { readonly size: number; readonly sha256: string } | null;
  };
}

/** A condition that comes about by itself: polled on the host, one round trip. It changes nothing and is not counted as a change. */
export interface Wait {
  readonly kind: 'wait';
  /** In words: `n2 is back in quorum`. */
  readonly for: string;
  /** Succeeds (status 0) once the condition holds. What it prints last is shown when the deadline passes. */
  readonly until: ShellText;
  /** Seconds. */
  readonly deadline: number;
  /** Seconds between looks. Default 0.5. */
  readonly interval?: number;
  /** What facts read once it holds; assumed in a dry run. */
  readonly sets: readonly FactSet[];
  readonly touches?: readonly Resource[];
  readonly on?: string;
}

/** An action that proves something and leaves things as they were (`verify`). Not run in a dry run, not counted as a change. */
export interface Trial {
  readonly kind: 'trial';
  /** What it proves, in words. */
  readonly proves: string;
  readonly action: RunAction;
  /** Undefined when the output proves it, else what is wrong. */
  readonly judge: (output: { readonly stdout: string; readonly stderr: string; readonly status: number }) => string | undefined;
  readonly on?: string;
}

/** A requirement that nothing provides: fails the task, in a run and in a dry run with the same words. */
export interface Unmet {
  readonly kind: 'unmet';
  readonly message: string;
  readonly on?: string;
}

/** Values for variables of this host. */
export interface Assign {
  readonly kind: 'assign';
  readonly variables: Readonly<Record<string, Value>>;
}

/** A host for the inventory of this run, or groups for the host itself. From the next play on it has its turns. */
export interface Enlist {
  readonly kind: 'enlist';
  /** Undefined: the host itself. */
  readonly host?: string;
  readonly groups: readonly string[];
  /** Groups that these are in. */
  readonly parents: readonly string[];
  readonly variables: Readonly<Record<string, Value>>;
}

export type Step = Change | Wait | Trial | Unmet | Assign | Enlist;

/** How a difference is mended: everything of a {@link Change} but the difference itself. */
export type Mending = Omit<Change, 'kind' | 'attribute' | 'from' | 'to'>;

/** A change when the two differ, nothing when they are the same. Spread it into the answer. */
export function differs(attribute: string, from: Value, to: Value, mend: Mending): readonly Change[] {
  return same(from, to) ? [] : [change(attribute, from, to, mend)];
}

/** A change, whatever the values. */
export function change(attribute: string, from: Value, to: Value, mend: Mending): Change {
  return Object.freeze({ kind: 'change', attribute, from, to, ...mend });
}

/** A requirement that is not met. Say what is missing and what provides it. */
export function unmet(message: string, on?: string): Unmet {
  return Object.freeze({ kind: 'unmet', message, ...(on !== undefined && { on }) });
}

export function waitFor(options: Omit<Wait, 'kind'>): Wait {
  return Object.freeze({ kind: 'wait', ...options });
}

export function trial(options: Omit<Trial, 'kind'>): Trial {
  return Object.freeze({ kind: 'trial', ...options });
}

export function enlist(options: Omit<Enlist, 'kind'>): Enlist {
  return Object.freeze({ kind: 'enlist', ...options });
}

export function assign(variables: Readonly<Record<string, Value>>): Assign {
  return Object.freeze({ kind: 'assign', variables });
}
