// What a template helper is: everything about it is data but the one function that works it out.
import type { Unknown } from '../../util/unknown.ts';
import type { Value, ValueMap } from '../../util/value.ts';

/** What an argument must be; `scalar` is a string, a number or a boolean, `collection` a list or a map, `helper` the name of a helper. */
export type ArgumentType = 'any' | 'string' | 'number' | 'integer' | 'boolean' | 'scalar' | 'list' | 'map' | 'collection' | 'helper';

/** Where a helper is looked for in the documentation. */
export type Topic =
  'decisions' | 'text' | 'patterns' | 'numbers' | 'lists' | 'maps' | 'encodings' | 'addresses' | 'time and chance' | 'the controller';

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
  /** Nothing that a test could compare with: what comes out depends on the machine. */
  readonly elsewhere?: true;
}

/** What a call knows of where it stands. */
export interface Surroundings {
  /** The host that the template is evaluated for; empty where there is none. */
  readonly host: string;
  /** The file in which the call is written, as problems name it. */
  readonly file: string | undefined;
  /** Calls another helper, with all that is true of calls: secrets, unknowns, types. */
  readonly call: (helper: string, values: readonly Value[]) => Value;
  /** Evaluates the text of a file with the same variables. */
  readonly render: (text: string, file: string) => Value;
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
  readonly topic: Topic;
  readonly summary: string;
  readonly params: readonly Parameter[];
  /** What comes out, where it is always the same. */
  readonly gives?: ArgumentType;
  /** Its arguments become items of what comes out: one that is unknown makes that item unknown, not the whole. */
  readonly gathers?: true;
  /** What conditions have in its place, where it is no function of theirs. */
  readonly inCondition?: string;
  readonly examples: readonly Example[];
}

/** A helper over values. Secrets inside its arguments are revealed to it, and then its result is secret. */
export interface PlainHelper extends HelperBase {
  readonly kind: 'plain';
  /** Moves values about without looking at them: secrets stay what they are, unknown items do not make the result unknown. */
  readonly shallow: boolean;
  /** Takes any further arguments by name, as a map behind the others. */
  readonly open: boolean;
  readonly apply: (args: readonly (Value | undefined)[], around: Surroundings) => Value;
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
  helper: string;
}

type Arguments<P extends readonly Parameter[]> = P extends readonly [
  infer First extends Parameter,
  ...infer Others extends readonly Parameter[],
]
  ? First extends { readonly rest: true }
    ? TypeOf[First['type']][]
    : [First extends { readonly optional: true } ? TypeOf[First['type']] | undefined : TypeOf[First['type']], ...Arguments<Others>]
  : [];

type Options<P extends readonly Parameter[]> = HelperBase & { readonly params: P; readonly shallow?: boolean };

/** Declares a helper; what `apply` is given has the types that the parameters say. */
export function defineHelper<const P extends readonly Parameter[]>(
  helper: Options<P> & { readonly apply: (...args: Arguments<P>) => Value },
): PlainHelper {
  return definePlacedHelper({ ...helper, apply: (_around, ...args) => helper.apply(...args) });
}

/** Declares a helper that also looks at where its call stands. */
export function definePlacedHelper<const P extends readonly Parameter[]>(
  helper: Options<P> & { readonly apply: (around: Surroundings, ...args: Arguments<P>) => Value },
): PlainHelper {
  return {
    ...helper,
    kind: 'plain',
    shallow: helper.shallow ?? false,
    open: false,
    apply: (args, around) => helper.apply(around, ...(args as Arguments<P>)),
  };
}

/** Declares a helper of one optional argument that takes any names: `{{dict port=80}}`. */
export function defineOpenHelper(
  helper: HelperBase & { readonly apply: (first: Value | undefined, named: ValueMap) => Value },
): PlainHelper {
  return { ...helper, kind: 'plain', shallow: true, open: true, apply: ([first, named]) => helper.apply(first, (named ?? {}) as ValueMap) };
}

/** Declares a helper that decides which of its arguments are worked out. */
export function defineLazyHelper(helper: HelperBase & Pick<LazyHelper, 'decide'>): LazyHelper {
  return { ...helper, kind: 'lazy' };
}
