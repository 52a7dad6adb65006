// When a value counts as true in `#if`, `and`, `or`, `not` and `ternary`: Handlebars' rule, with unknown as a third answer.
import { Secret } from '../util/secret.ts';
import { Unknown } from '../util/unknown.ts';
import { isList, type Value } from '../util/value.ts';

/** False for false, null, 0, the empty string and the empty list; true for the rest, an empty map included. */
export function truth(value: Value): boolean | Unknown {
  if (value instanceof Unknown) return value;
  if (value instanceof Secret) return value.reveal() !== '';
  if (isList(value)) return value.length > 0;
  return value !== null && value !== false && value !== 0 && value !== '';
}
