// What came of a module on a host, before it is reported.
import type { ChangeRecord } from '../../report/events.ts';
import type { Value } from '../../util/value.ts';

/** The end of one module's work for one host (or one member of a cluster). */
export interface Outcome {
  readonly status: 'ok' | 'changed' | 'failed' | 'unknown';
  readonly changes: readonly ChangeRecord[];
  readonly assumes: readonly string[];
  readonly message?: string;
  /** Why it is unknown. */
  readonly because: readonly string[];
  /** What `register` gets beside `changed` and `failed`. An Unknown when a dry run cannot know. */
  readonly result: Value;
  readonly variables: Readonly<Record<string, Value>>;
  /** It failed in a way that its author may take for none: a command's status, a requirement. */
  readonly mayPass?: boolean;
  /** The change that failed. */
  readonly attempted?: ChangeRecord;
}

export const NOTHING: Outcome = Object.freeze({ status: 'ok', changes: [], assumes: [], because: [], result: null, variables: {} });
