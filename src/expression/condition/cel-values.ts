// Values on their way into CEL and back: integers become BigInt, secrets their text, and what is unknown throws when it is touched.
import { Secret } from '../../util/secret.ts';
import { Unknown } from '../../util/unknown.ts';
import { isList, isMap, type Value } from '../../util/value.ts';

/** Thrown inside CEL when an unknown value is touched; `&&`, `||`, `exists` and `all` absorb it as they absorb any error. */
export class UnknownTouched extends Error {
  readonly value: Unknown;

  constructor(value: Unknown) {
    super('unknown');
    this.value = value;
  }
}

/** What happened to the values of one evaluation. */
export interface Trace {
  /** Reasons of every unknown value that was touched. */
  readonly because: string[];
  /** Whether the text of a secret was used. */
  secret: boolean;
}

/** Maps and lists as CEL sees them, with the values they stand for. */
const ORIGINALS = new WeakMap<object, Value>();

/** A value as CEL sees it. Items are converted when they are touched: `hostvars` can be large. @throws UnknownTouched */
export function toCel(value: Value, trace: Trace): unknown {
  if (value instanceof Unknown) {
    trace.because.push(...value.because);
    throw new UnknownTouched(value);
  }
  if (value instanceof Secret) {
    trace.secret = true;
    return value.reveal();
  }
  // Keys alone, as looking at an item of a lazy map such as `facts` may ask the host for it.
  if (isList(value)) return lazily([], value.keys(), index => value[index] ?? null, value, trace);
  if (isMap(value)) return lazily({}, Object.keys(value), key => value[key] ?? null, value, trace);
  return Number.isSafeInteger(value) ? BigInt(value as number) : value;
}

function lazily<K extends string | number>(
  target: object,
  keys: Iterable<K>,
  itemAt: (key: K) => Value,
  original: Value,
  trace: Trace,
): object {
  for (const key of keys) {
    // CEL tells maps by their constructor, so that a key of that name would break the map.
    if (key === 'constructor') continue;
    let converted: unknown;
    const get = (): unknown => (converted ??= toCel(itemAt(key), trace));
    Object.defineProperty(target, key, { enumerable: true, configurable: true, get });
  }
  ORIGINALS.set(target, original);
  return target;
}

/** A result of CEL as a value; undefined for what no value can be, such as bytes or a type. */
export function fromCel(result: unknown): Value | undefined {
  if (result === null || typeof result === 'string' || typeof result === 'boolean' || typeof result === 'number') return result;
  if (typeof result === 'bigint') return exact(result);
  if (typeof result !== 'object') return undefined;
  const original = ORIGINALS.get(result);
  if (original !== undefined) return original;
  // CEL's unsigned integers.
  const number: unknown = result.valueOf();
  if (typeof number === 'bigint') return exact(number);
  if (result instanceof Date) return result.toISOString();
  if (Array.isArray(result)) return collect(result, items => items);
  const prototype: unknown = Object.getPrototypeOf(result);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const keys = Object.keys(result);
  return collect(Object.values(result), items => Object.fromEntries(items.map((item, index) => [keys[index] ?? '', item])));
}

function exact(integer: bigint): number | undefined {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : undefined;
}

function collect(results: readonly unknown[], build: (items: readonly Value[]) => Value): Value | undefined {
  const items = results.map(fromCel);
  return items.some(item => item === undefined) ? undefined : build(items as readonly Value[]);
}

/** Text that was worked out from a secret is secret, wherever it sits in the result. */
export function hideText(value: Value): Value {
  if (typeof value === 'string') return new Secret(value);
  if (isList(value)) return value.map(hideText);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideText(item)]));
  return value;
}
