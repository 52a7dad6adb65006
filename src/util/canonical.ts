// One spelling per value: what makes two facts the same fact.
import { Secret } from './secret.ts';

/** JSON with sorted keys; equal trees give equal text. Secrets are compared by value, so never print it. */
export function canonical(value: unknown): string {
  if (value instanceof Secret) return JSON.stringify(value.reveal());
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return value === undefined ? 'null' : JSON.stringify(value);
}

/** Whether two values read the same, keys in any order. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}
