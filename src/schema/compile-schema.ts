// A schema as a function that finds what is wrong with a value and fills in defaults: compiled by the build, else by ajv, once per schema.
import { ContractError } from '../errors/errors.ts';
import { boxedSchema, createAjv } from './create-ajv.ts';
import { digestOf } from './digest-of.ts';
import { stepsOf, stepsOfFragment } from './pointer.ts';
import type { Boxed, RawCheck, RawError } from './raw-check.ts';
import { readyCheck } from './ready.ts';
import type { Schema } from './schema.ts';
import { valueAt } from './value-at.ts';

interface Reported<K extends string, P> {
  readonly keyword: K;
  readonly params: P;
  /** Where in the value. */
  readonly path: readonly string[];
  readonly data: unknown;
  /** The schema that the keyword stands in. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** An error about a value itself. `kind` is a keyword of ours. */
export type ValueError =
  | Reported<'type' | 'kind', object>
  | Reported<'enum', { readonly allowedValues: readonly unknown[] }>
  | Reported<'pattern', { readonly pattern: string }>
  | Reported<'minLength' | 'minItems' | 'minimum' | 'maximum', { readonly limit: number }>;

/** What is reported for the schemas there are: an error about a value, or about the keys of a map. */
export type SchemaError =
  | ValueError
  | Reported<'required', { readonly missingProperty: string }>
  | Reported<'additionalProperties', { readonly additionalProperty: string }>;

const compiled = new WeakMap<Schema, RawCheck>();

/**
 * Checks a boxed value in place, filling in defaults.
 * @throws ContractError for a schema that is none
 */
export function runSchema(schema: Schema, boxed: Boxed): readonly SchemaError[] {
  const check = compiled.get(schema) ?? readyCheck(digestOf(schema)) ?? compile(schema);
  compiled.set(schema, check);
  check(boxed);
  return (check.errors ?? []).map(error => described(error, schema, boxed));
}

/** The error with what it is about; neither paths nor schemas are in a box any more. */
function described({ keyword, params, instancePath, schemaPath }: RawError, schema: Schema, { value }: Boxed): SchemaError {
  const path = stepsOf(instancePath).slice(1);
  const inSchema = valueAt(schema, stepsOfFragment(schemaPath).slice(2, -1));
  // The keywords of a schema are what its errors are about.
  return { keyword, params, path, data: valueAt(value, path), schema: inSchema } as unknown as SchemaError;
}

let ajv: ReturnType<typeof createAjv> | undefined;

function compile(schema: Schema): RawCheck {
  ajv ??= createAjv();
  try {
    return ajv.compile(boxedSchema(schema)) as RawCheck;
  } catch (error) {
    throw new ContractError(`a schema cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}
