// One spelling per value: what makes two facts the same fact.
import { Secret } from './secret.ts';

/** JSON with sorted keys; equal trees give equal text. Secrets are compared by value, so never print it. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object') return value === undefined ? 'null' : JSON.stringify(value);
  if (value instanceof Secret) return JSON.stringify(value.reveal());
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null) return 'null';
  const map = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(map).sort())
    if (map[key] !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(map[key])}`;
  return `{${text}}`;
}

/** Whether two values read the same, keys in any order. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}
