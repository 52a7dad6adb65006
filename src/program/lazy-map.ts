// Maps whose values are worked out when they are read: what `facts` and `hostvars` are.
import type { Value } from '../util/value.ts';

/** A map of a few names. */
export function lazyMap(names: readonly string[], value: (name: string) => Value): Value {
  const map: Record<string, Value> = {};
  for (const name of names) addLazily(map, name, value);
  return map;
}

/** A map of names that may be thousands: until somebody wants them all, only those are there that were asked for. */
export function lazyMapOf(known: Readonly<Record<string, unknown>>, value: (name: string) => Value): Value {
  const map: Record<string, Value> = {};
  let isWhole = false;
  const need = (name: string | symbol): void => {
    if (!isWhole && typeof name === 'string' && Object.hasOwn(known, name)) addLazily(map, name, value);
  };
  const needAll = (): void => {
    if (isWhole) return;
    isWhole = true;
    // In their order, whichever were asked for before.
    for (const name of Object.keys(map)) Reflect.deleteProperty(map, name);
    for (const name of Object.keys(known)) addLazily(map, name, value);
  };
  return new Proxy(map, {
    get(target, name, receiver): Value {
      need(name);
      return Reflect.get(target, name, receiver) as Value;
    },
    has(target, name) {
      need(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      need(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys(target) {
      needAll();
      return Reflect.ownKeys(target);
    },
    preventExtensions(target) {
      needAll();
      return Reflect.preventExtensions(target);
    },
  });
}

function addLazily(map: Record<string, Value>, name: string, value: (name: string) => Value): void {
  Object.defineProperty(map, name, { enumerable: true, configurable: true, get: () => value(name) });
}
