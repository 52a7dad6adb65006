// The JSON schemas of parameters and role variables, and the TypeScript types derived from them.
import type { Secret } from '../util/secret.ts';
import type { Expr } from './expr.ts';
import type { Artifact, Condition, Content, LocalFile } from './resolved.ts';

/**
 * What a string parameter names, beyond being a string:
 * `template` a file in the role's or playbook's templates/, rendered for the host · `file` a file on the controller (files/) ·
 * `artifact` an archive by URL or path, fetched and pinned on the controller, by the checksum in the parameter beside it ·
 * `download` the same for a file that is taken as it is · `condition` a CEL expression ·
 * `path` an absolute path on the host · `mode` four octal digits, quoted.
 */
export type StringKind = 'template' | 'file' | 'artifact' | 'download' | 'condition' | 'path' | 'mode';

interface Described {
  /** One sentence, lower case, no full stop: goes into the docs. */
  readonly description?: string;
  /** The value never shows anywhere. Strings only. */
  readonly secret?: true;
  /** Role variables only: the value needs the host (a fact, a registered value) and arrives as an {@link Expr}. */
  readonly late?: true;
}

export interface StringSchema extends Described {
  readonly type: 'string';
  readonly kind?: StringKind;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly default?: string;
}
export interface NumberSchema extends Described {
  readonly type: 'integer' | 'number';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly number[];
  readonly default?: number;
}
export interface BooleanSchema extends Described {
  readonly type: 'boolean';
  readonly default?: boolean;
}
export interface ListSchema extends Described {
  readonly type: 'array';
  readonly items: Schema;
  readonly minItems?: number;
  readonly default?: readonly unknown[];
}
export interface ObjectSchema extends Described {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
  readonly default?: Readonly<Record<string, unknown>>;
}
/** A dictionary: any key, values of one schema. */
export interface DictionarySchema extends Described {
  readonly type: 'object';
  readonly additionalProperties: Schema;
  readonly default?: Readonly<Record<string, unknown>>;
}
/** Any JSON value. */
export interface AnySchema extends Described {
  readonly type: readonly ('string' | 'number' | 'boolean' | 'null' | 'array' | 'object')[];
  readonly default?: unknown;
}
export type Schema = StringSchema | NumberSchema | BooleanSchema | ListSchema | ObjectSchema | DictionarySchema | AnySchema;

type ResolvedString<S> = S extends { readonly kind: 'template' }
  ? Content
  : S extends { readonly kind: 'file' | 'download' }
    ? LocalFile
    : S extends { readonly kind: 'artifact' }
      ? Artifact
      : S extends { readonly kind: 'condition' }
        ? Condition
        : S extends { readonly enum: readonly (infer E)[] }
          ? E
          : S extends { readonly secret: true }
            ? Secret
            : string;

type Present<P, R> = { [K in keyof P]: P[K] extends { readonly default: unknown } ? K : K extends R ? K : never }[keyof P];
type RequiredOf<S> = S extends { readonly required: readonly (infer R)[] } ? R : never;
type Flatten<T> = { [K in keyof T]: T[K] };

/** What a module or role receives: defaults filled in, files and conditions resolved. */
export type Infer<S> = S extends { readonly late: true } ? Expr<InferValue<S>> : InferValue<S>;
type InferValue<S> = S extends { readonly type: 'string' }
  ? ResolvedString<S>
  : S extends { readonly type: 'integer' | 'number' }
    ? number
    : S extends { readonly type: 'boolean' }
      ? boolean
      : S extends { readonly type: 'array'; readonly items: infer I }
        ? readonly Infer<I>[]
        : S extends { readonly type: 'object'; readonly properties: infer P }
          ? Flatten<
              { readonly [K in Present<P, RequiredOf<S>>]: Infer<P[K]> } & {
                readonly [K in Exclude<keyof P, Present<P, RequiredOf<S>>>]?: Infer<P[K]> | undefined;
              }
            >
          : S extends { readonly type: 'object'; readonly additionalProperties: infer V }
            ? Readonly<Record<string, Infer<V>>>
            : unknown;

/** What an author of a TypeScript role writes: plain values, or an {@link Expr} where the host decides. Defaults may be left out. */
export type Input<S> = InputValue<S> | Expr<unknown>;
type InputValue<S> = S extends { readonly type: 'string'; readonly enum: readonly (infer E)[] }
  ? E
  : S extends { readonly type: 'string' }
    ? string | Secret
    : S extends { readonly type: 'integer' | 'number' }
      ? number
      : S extends { readonly type: 'boolean' }
        ? boolean
        : S extends { readonly type: 'array'; readonly items: infer I }
          ? readonly Input<I>[]
          : S extends { readonly type: 'object'; readonly properties: infer P }
            ? Flatten<
                { readonly [K in keyof P & RequiredOf<S>]: Input<P[K]> } & {
                  readonly [K in Exclude<keyof P, RequiredOf<S>>]?: Input<P[K]> | undefined;
                }
              >
            : S extends { readonly type: 'object'; readonly additionalProperties: infer V }
              ? Readonly<Record<string, Input<V>>>
              : unknown;
