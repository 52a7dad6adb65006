// The part of a value that a path leads to.
import { isList, isMap } from '../util/value.ts';

/** The part at a path; undefined when it leads to nothing. Only a map's own keys count. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(step, value);
}

function step(current: unknown, key: string): unknown {
  if (isList(current)) return current[Number(key)];
  return isMap(current) && Object.hasOwn(current, key) ? current[key] : undefined;
}
