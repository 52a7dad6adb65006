// The values that variables, parameters and facts are made of: JSON, and the two leaves JSON has no word for.
import { Secret } from './secret.ts';
import { Unknown } from './unknown.ts';

export type Scalar = null | boolean | number | string;
/** A tree of plain data whose leaves may be secret or unknown. Always frozen once it leaves a layer. */
export type Value = Scalar | Secret | Unknown | readonly Value[] | ValueMap;
export interface ValueMap {
  readonly [key: string]: Value;
}
/** Plain data only. */
export type Json = Scalar | readonly Json[] | { readonly [key: string]: Json };

const NONE: readonly never[] = Object.freeze([]);

export function isMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret) && !(value instanceof Unknown);
}

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** Every reason why some part of a value is unknown; empty when all of it is known. */
export function unknownsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return NONE;
  if (value instanceof Unknown) return value.because;
  if (isList(value)) return value.flatMap(unknownsIn);
  if (isMap(value)) return Object.values(value).flatMap(unknownsIn);
  return NONE;
}

/** Every secret inside a value. */
export function secretsIn(value: unknown): readonly Secret[] {
  if (typeof value !== 'object' || value === null) return NONE;
  if (value instanceof Secret) return [value];
  if (isList(value)) return value.flatMap(secretsIn);
  if (isMap(value)) return Object.values(value).flatMap(secretsIn);
  return NONE;
}

/** The same tree with every secret replaced by its text: for schemas and the wire, never for a message. */
export function revealAll(value: Value): Value {
  if (value instanceof Secret) return value.reveal();
  if (isList(value)) return value.map(revealAll);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealAll(item)]));
  return value;
}
