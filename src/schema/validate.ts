// Validation: a value against its schema, all problems at once, each where a person wrote the part that is wrong.
import { nearest } from '../util/nearest.ts';
import { runSchema, type SchemaError } from './compile-schema.ts';
import { describePath } from './describe.ts';
import { explainError, firstError } from './explain-error.ts';
import { schemaProblems } from './messages.ts';
import type { CodedProblem } from './problem-table.ts';
import type { Boxed } from './raw-check.ts';
import type { Schema } from './schema.ts';
import { OPAQUE, standIn, type Stage } from './stand-in.ts';
import type { Label, Subject } from './subject.ts';
import { valueAt } from './value-at.ts';

/** A value as its schema sees it: what is wrong, and the copy with defaults. */
export interface Validation {
  readonly problems: readonly CodedProblem[];
  readonly filled: unknown;
}

/**
 * Checks what was written. A string with `{{` satisfies any schema here, as does an {@link Expr}: they are checked again once evaluated.
 * @returns the problems in the order of the schema; none when it fits
 */
export function validate(schema: Schema, subject: Subject, label: Label): readonly CodedProblem[] {
  return check(schema, subject, label, 'written').problems;
}

/** One pass over a value; {@link validate} and `validateResolved` differ in the stage alone. */
export function check(schema: Schema, subject: Subject, label: Label, stage: Stage): Validation {
  const boxed: Boxed = { value: standIn(subject.value, stage) };
  const errors = runSchema(schema, boxed).filter(error => error.data !== OPAQUE && !isLiteralCondition(error));
  return { problems: errors.length === 0 ? [] : explain(errors, subject, label), filled: boxed.value };
}

/** `when: true`: a condition that needs no text. */
function isLiteralCondition(error: SchemaError): boolean {
  return error.keyword === 'type' && error.schema['kind'] === 'condition' && typeof error.data === 'boolean';
}

/** One problem for each spot: of several errors about one value the most basic is told. */
function explain(errors: readonly SchemaError[], subject: Subject, label: Label): readonly CodedProblem[] {
  const spots = new Map<string, SchemaError[]>();
  for (const error of errors) {
    const spot = JSON.stringify(error.path);
    spots.set(spot, [...(spots.get(spot) ?? []), error]);
  }
  return [...spots.values()].flatMap(all => {
    const path = all[0]?.path ?? [];
    const keys = explainKeys(all, path, subject, label);
    const first = firstError(all);
    return first === undefined ? keys : [...keys, explainError(first, path, subject, label)];
  });
}

/** Keys that are unknown or missing; a missing one is not told when a misspelt one stands for it. */
function explainKeys(errors: readonly SchemaError[], path: readonly string[], subject: Subject, label: Label): readonly CodedProblem[] {
  const unknown = errors.flatMap(error => (error.keyword === 'additionalProperties' ? [error.params.additionalProperty] : []));
  const missing = errors.flatMap(error => (error.keyword === 'required' ? [error.params.missingProperty] : []));
  const known = Object.keys((errors[0]?.schema['properties'] as object | undefined) ?? {});
  const free = known.filter(key => !isPresent(subject.value, path, key));
  const meant = new Map(unknown.map(key => [key, nearest(key, free) ?? nearest(key, known)]));
  const whole = path.length === 0 ? label.what : `${JSON.stringify(describePath(path, subject.value))} of ${label.what}`;
  return [
    ...unknown.map(key => {
      const spot = subject.locate([...path, key]);
      const near = meant.get(key);
      const text = near === undefined ? `it takes ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`;
      return schemaProblems.unknown({ at: spot?.keyAt ?? spot?.at, name: whole }, path.length === 0 ? label.noun : 'key', key, text);
    }),
    ...missing
      .filter(key => ![...meant.values()].includes(key))
      .map(key => schemaProblems.missing({ at: subject.locate(path)?.at, name: whole }, key)),
  ];
}

function isPresent(value: unknown, path: readonly string[], key: string): boolean {
  return valueAt(value, [...path, key]) !== undefined;
}
