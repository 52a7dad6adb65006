// A schema as a function that finds what is wrong with a value and fills in defaults. Made by ajv, once per schema.
import { Ajv, type ValidateFunction } from 'ajv';
import { ContractError } from '../errors/errors.ts';
import { KIND_ACCEPTS } from './string-kinds.ts';
import type { Schema, StringKind } from './schema.ts';

interface Reported<K extends string, P> {
  readonly keyword: K;
  readonly params: P;
  readonly instancePath: string;
  readonly data?: unknown;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}

/** An error about a value itself. `kind` is a keyword of ours. */
export type ValueError =
  | Reported<'type' | 'kind', object>
  | Reported<'enum', { readonly allowedValues: readonly unknown[] }>
  | Reported<'pattern', { readonly pattern: string }>
  | Reported<'minLength' | 'minItems' | 'minimum' | 'maximum', { readonly limit: number }>;

/** What ajv reports for the schemas there are: an error about a value, or about the keys of a map. */
export type SchemaError =
  | ValueError
  | Reported<'required', { readonly missingProperty: string }>
  | Reported<'additionalProperties', { readonly additionalProperty: string }>;

const ajv = new Ajv({
  allErrors: true,
  useDefaults: true,
  coerceTypes: false,
  strict: true,
  allowUnionTypes: true,
  verbose: true,
  logger: false,
  // Ours has no `$ref`, and a schema that is frozen must not be looked through for ids.
  addUsedSchema: false,
});
ajv.addKeyword({
  keyword: 'kind',
  type: 'string',
  schemaType: 'string',
  errors: false,
  validate: (kind: StringKind, text: string) => KIND_ACCEPTS[kind](text),
});
ajv.addKeyword({ keyword: 'secret', schemaType: 'boolean' });
ajv.addKeyword({ keyword: 'late', schemaType: 'boolean' });

/** The value under its one key: so that a default of the whole value is filled in like any other. */
export interface Boxed {
  value?: unknown;
}

const compiled = new WeakMap<Schema, ValidateFunction>();

/**
 * Checks a boxed value in place, filling in defaults.
 * @returns every error; their paths begin with `/value`
 * @throws ContractError for a schema that is none
 */
export function runSchema(schema: Schema, boxed: Boxed): readonly SchemaError[] {
  const check = compiled.get(schema) ?? compile(schema);
  check(boxed);
  return (check.errors ?? []) as unknown as readonly SchemaError[];
}

function compile(schema: Schema): ValidateFunction {
  try {
    const check = ajv.compile({ type: 'object', properties: { value: schema } });
    compiled.set(schema, check);
    return check;
  } catch (error) {
    throw new ContractError(`a schema cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}
