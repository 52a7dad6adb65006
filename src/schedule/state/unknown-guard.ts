// Guards: a module reads planned facts like any others; reading a part that is unknown ends its turn, by itself.
import { DependsOnUnknown, Unknown } from '../../util/unknown.ts';
import { isMap, unknownsIn } from '../../util/value.ts';

export { DependsOnUnknown };

/** What each view was made of. */
const behind = new WeakMap<object, object>();

/** The value itself when all of it is known, else a view of it that throws {@link DependsOnUnknown} where it is not. */
export function guardUnknown<T>(value: T): T {
  if (value instanceof Unknown) throw new DependsOnUnknown(value.because);
  if (typeof value !== 'object' || value === null || unknownsIn(value).length === 0) return value;
  // Over a copy: a proxy may not answer for a frozen property with anything but its value.
  const view = new Proxy((Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as T & object, {
    get: (target, key, receiver): unknown => guardUnknown(Reflect.get(target, key, receiver)),
  });
  behind.set(view, value);
  return view;
}

/** The same value with what stands behind every view in it: a module may promise on what it was not able to look at. */
export function unguarded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const original = behind.get(value);
  if (original !== undefined) return original;
  if (Array.isArray(value)) return value.map(unguarded);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unguarded(item)])) : value;
}
