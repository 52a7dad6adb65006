// What a check's word about a task was worth, once the run has shown what the task does.

/** How a task ended, in one engine's check or run. */
export interface Outcome {
  /** `silent`: the engine does not carry such tasks out in a check, and says nothing of them; `not begun`: its turn never came. */
  readonly status: 'changed' | 'ok' | 'skipped' | 'silent' | 'unknown' | 'failed' | 'not begun';
  /** Why it failed, or is unknown. */
  readonly message?: string;
}

/** From what one wishes for to what costs one a night. */
export const VERDICTS = ['true', 'unknown', 'says nothing', 'false failure', 'wrong branch', 'lie', 'missed failure', 'not begun'] as const;

export type Verdict = (typeof VERDICTS)[number];

const DONE: readonly Outcome['status'][] = ['changed', 'ok'];

/** Holds a check against the run that followed. */
export function judge(check: Outcome, run: Outcome): Verdict {
  if (run.status === 'not begun') return 'not begun';
  if (check.status === run.status) return 'true';
  if (check.status === 'unknown') return 'unknown';
  if (check.status === 'silent' || check.status === 'not begun') return 'says nothing';
  if (check.status === 'failed') return 'false failure';
  if (run.status === 'failed') return 'missed failure';
  return DONE.includes(check.status) === DONE.includes(run.status) ? 'lie' : 'wrong branch';
}
