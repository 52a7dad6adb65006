// A copy of a value that ajv may look at and change: what cannot be judged yet is replaced, and put back afterwards.
import { deepFreeze } from '../util/freeze.ts';
import { Secret } from '../util/secret.ts';
import { Unknown } from '../util/unknown.ts';
import { isList, isMap } from '../util/value.ts';
import { isExpr } from './expr.ts';

/** Stands for a part that satisfies every schema. */
export const OPAQUE = '\0opaque';

/** Whether strings with `{{` are expressions still to be evaluated (in files), or data (after rendering). */
export type Stage = 'written' | 'rendered';

/** What each kind of resolved value has beside its `kind`. */
const RESOLVED: Readonly<Record<string, string>> = { content: 'text', file: 'sha256', artifact: 'entries', condition: 'holds' };

function isOpaque(value: unknown, stage: Stage): boolean {
  if (value instanceof Unknown || isExpr(value)) return true;
  if (stage === 'written') return typeof value === 'string' && value.includes('{{');
  if (!isMap(value) || typeof value['kind'] !== 'string') return false;
  const mark = RESOLVED[value['kind']];
  return mark !== undefined && Object.hasOwn(value, mark);
}

/** The copy: plain, unfrozen, without `undefined`, secrets as their text. */
export function standIn(value: unknown, stage: Stage): unknown {
  if (isOpaque(value, stage)) return OPAQUE;
  if (value instanceof Secret) return value.reveal();
  if (isList(value)) return value.map(item => standIn(item, stage));
  if (!isMap(value)) return value;
  const present = Object.entries(value).filter(([, item]) => (item as unknown) !== undefined);
  return Object.fromEntries(present.map(([key, item]) => [key, standIn(item, stage)]));
}

/** The original with the defaults that were filled into its copy. Frozen. */
export function withDefaults(original: unknown, filled: unknown, stage: Stage): unknown {
  return deepFreeze(merge(original, filled, stage));
}

function merge(original: unknown, filled: unknown, stage: Stage): unknown {
  if (original === undefined) return filled;
  if (original instanceof Secret || isOpaque(original, stage)) return original;
  if (isList(original) && isList(filled)) return filled.map((item, index) => merge(original[index], item, stage));
  if (isMap(original) && isMap(filled)) {
    return Object.fromEntries(
      Object.entries(filled).map(([key, item]) => [key, merge(Object.hasOwn(original, key) ? original[key] : undefined, item, stage)]),
    );
  }
  return original;
}
