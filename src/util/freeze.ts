// Freezing: what leaves a layer cannot be changed by the next.
import { Secret } from './secret.ts';
import { Unknown } from './unknown.ts';

/** Freezes plain objects and arrays all the way down and returns the same value. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Secret || value instanceof Unknown) return value;
  if (ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
  return value;
}
