// Freezing: what leaves a layer cannot be changed by the next.
import { Secret } from './secret.ts';
import { Unknown } from './unknown.ts';

/** Freezes plain objects and arrays all the way down and returns the same value. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Secret || value instanceof Unknown) return value;
  if (ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  if (Array.isArray(value)) for (const item of value) deepFreeze(item);
  else for (const key of Object.keys(value)) deepFreeze(value[key as keyof typeof value]);
  return value;
}
