// What a value is, in the words of a message: `the string "abc"`, `the number 644`, `a list`. Secrets show as what they are, not what they hold.
import { isList, isMap } from '../util/value.ts';
import { Secret } from '../util/secret.ts';
import { Unknown } from '../util/unknown.ts';
import type { Schema } from './schema.ts';
import { valueAt } from './value-at.ts';

const LONGEST = 60;

/** A value in words. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (value instanceof Secret) return 'a secret';
  if (value instanceof Unknown) return 'a value that is not known yet';
  if (typeof value === 'string') return `the string ${JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isMap(value)) return 'a map';
  return 'something that is no data';
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'nothing',
};

/** The type a schema asks for, in words. */
export function describeType(schema: Schema): string {
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  return types.map(type => TYPES[type] ?? type).join(' or ');
}

/** A path inside a value as people write it: `servers[0].port`. */
export function describePath(path: readonly string[], value: unknown): string {
  return path.reduce((text, step, index) => {
    if (isList(valueAt(value, path.slice(0, index)))) return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
