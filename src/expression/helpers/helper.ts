// What a template helper is: everything about it is data but the one function that works it out.
import type { Unknown } from '../../util/unknown.ts';
import type { Value, ValueMap } from '../../util/value.ts';

/** What an argument must be; `scalar` is a string, a number or a boolean, `collection` a list or a map. */
export type ArgumentType = 'any' | 'string' | 'number' | 'integer' | 'boolean' | 'scalar' | 'list' | 'map' | 'collection';

export interface Parameter {
  readonly name: string;
  readonly type: ArgumentType;
  readonly optional?: boolean;
  /** Takes all further arguments; the last parameter only. */
  readonly rest?: boolean;
}

/** An example, which a test runs: a template, the variables it is given, and what comes out. */
export interface Example {
  readonly template: string;
  readonly with?: ValueMap;
  readonly gives: Value;
}

/** An argument that is worked out when it is asked for. */
export interface LazyArgument {
  /** @throws MissingError and whatever evaluating it throws */
  value(): Value;
  /** Undefined when something in it does not exist. */
  valueIfPresent(): Value | undefined;
  /** Whether it exists, be it null or unknown; unknown for what may lie inside an unknown value. */
  exists(): boolean | Unknown;
}

interface HelperBase {
  readonly name: string;
  readonly summary: string;
  readonly params: readonly Parameter[];
  readonly examples: readonly Example[];
}

/** A helper over values. Secrets inside its arguments are revealed to it, and then its result is secret. */
export interface PlainHelper extends HelperBase {
  readonly kind: 'plain';
  /** Moves values about without looking at them: secrets stay what they are, unknown items do not make the result unknown. */
  readonly shallow: boolean;
  readonly apply: (...args: readonly (Value | undefined)[]) => Value;
}

/** A helper that decides which of its arguments are worked out. */
export interface LazyHelper extends HelperBase {
  readonly kind: 'lazy';
  readonly decide: (args: readonly LazyArgument[]) => Value;
}

export type Helper = PlainHelper | LazyHelper;

/** Thrown by a helper: its words are shown with the place of the call. `missing` lets `default` take over. */
export class HelperRefusal extends Error {
  readonly advice: string | undefined;
  readonly missing: boolean;

  constructor(what: string, options: { readonly advice?: string; readonly missing?: boolean } = {}) {
    super(what);
    this.name = 'HelperRefusal';
    this.advice = options.advice;
    this.missing = options.missing ?? false;
  }
}

interface TypeOf {
  any: Value;
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
  scalar: string | number | boolean;
  list: readonly Value[];
  map: ValueMap;
  collection: readonly Value[] | ValueMap;
}

type Arguments<P extends readonly Parameter[]> = P extends readonly [
  infer First extends Parameter,
  ...infer Others extends readonly Parameter[],
]
  ? First extends { readonly rest: true }
    ? TypeOf[First['type']][]
    : [First extends { readonly optional: true } ? TypeOf[First['type']] | undefined : TypeOf[First['type']], ...Arguments<Others>]
  : [];

/** Declares a helper; what `apply` is given has the types that the parameters say. */
export function defineHelper<const P extends readonly Parameter[]>(
  helper: HelperBase & { readonly params: P; readonly shallow?: boolean; readonly apply: (...args: Arguments<P>) => Value },
): PlainHelper {
  return { ...helper, kind: 'plain', shallow: helper.shallow ?? false, apply: (...args) => helper.apply(...(args as Arguments<P>)) };
}

/** Declares a helper that decides which of its arguments are worked out. */
export function defineLazyHelper(helper: HelperBase & Pick<LazyHelper, 'decide'>): LazyHelper {
  return { ...helper, kind: 'lazy' };
}
