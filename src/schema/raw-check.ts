// What a compiled schema is, whoever compiled it: ajv in this process, or the build.

/** The value under its one key: so that a default of the whole value is filled in like any other. */
export interface Boxed {
  value?: unknown;
}

/** An error as a compiled schema gives it: where it stands in the value and in the schema, both in a box. */
export interface RawError {
  readonly keyword: string;
  readonly params: object;
  /** JSON pointer. */
  readonly instancePath: string;
  /** JSON pointer as a URI fragment. */
  readonly schemaPath: string;
}

/** Checks a boxed value in place, filling in defaults; the errors stand beside it afterwards. */
export interface RawCheck {
  (boxed: Boxed): unknown;
  readonly errors?: readonly RawError[] | null;
}
