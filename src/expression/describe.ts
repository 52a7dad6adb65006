// A value in a few words for messages; a secret is never shown.
import { Secret } from '../util/secret.ts';
import { Unknown } from '../util/unknown.ts';
import { isList, type Value } from '../util/value.ts';

const LONGEST = 60;

/** `the number 5`, `the string "x"`, `a list of 3 items`, `a secret`. */
export function describe(value: Value): string {
  if (value === null) return 'null';
  if (value instanceof Secret) return 'a secret';
  if (value instanceof Unknown) return 'a value that is not known yet';
  if (isList(value)) return value.length === 1 ? 'a list of 1 item' : `a list of ${value.length} items`;
  if (typeof value === 'string') return `the string ${JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'boolean' ? String(value) : 'a map';
}
