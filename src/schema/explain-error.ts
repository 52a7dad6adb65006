// One error of a schema in words: what is wrong with a value, what it is, what to write.
import { didYouMean } from '../util/nearest.ts';
import type { SchemaError, ValueError } from './compile-schema.ts';
import { describePath, describeType, describeValue } from './describe.ts';
import { schemaProblems, type Found, type Thing } from './messages.ts';
import type { CodedProblem } from './problem-table.ts';
import { rewrite } from './rewrite.ts';
import type { NumberSchema, Schema, StringKind } from './schema.ts';
import { KIND_WORDS } from './string-kinds.ts';
import type { Label, Subject } from './subject.ts';
import { valueAt } from './value-at.ts';

/** Errors about a value, the one to tell first in front: the others follow from it. */
const RANK: Readonly<Record<ValueError['keyword'], number>> = Object.freeze({
  type: 0,
  kind: 1,
  enum: 2,
  minLength: 3,
  pattern: 4,
  minimum: 5,
  maximum: 5,
  minItems: 6,
});

/** The error to tell of all those about one spot; undefined when only its keys are wrong. */
export function firstError(errors: readonly SchemaError[]): ValueError | undefined {
  return errors.filter(isValueError).sort((a, b) => RANK[a.keyword] - RANK[b.keyword])[0];
}

function isValueError(error: SchemaError): error is ValueError {
  return error.keyword in RANK;
}

/** The problem for the first error about the value at `path`. */
export function explainError(error: ValueError, path: readonly string[], subject: Subject, label: Label): CodedProblem {
  const schema = error.schema as unknown as Schema;
  const value = valueAt(subject.value, path);
  const spot = subject.locate(path);
  const thing: Thing = { at: spot?.at, name: nameOf(path, subject, label) };
  const shown: Found = schema.secret ? {} : { got: describeValue(value) };
  const key = path.at(-1) ?? (label.noun === 'key' ? label.what : undefined);
  const instead = schema.secret ? undefined : rewrite(schema, key, value, spot?.text);
  switch (error.keyword) {
    case 'kind':
      return schemaProblems['wrong-kind'](thing, KIND_WORDS[error.schema['kind'] as StringKind], { ...shown, advice: instead });
    case 'enum': {
      const allowed = error.params.allowedValues;
      const near = typeof value === 'string' && !schema.secret ? didYouMean(value, allowed.map(String)) : undefined;
      return schemaProblems['not-listed'](thing, allowed, { ...shown, advice: near });
    }
    case 'pattern':
      return schemaProblems['no-match'](thing, error.params.pattern, shown);
    case 'minLength':
      return schemaProblems['too-short'](thing, error.params.limit, error.params.limit === 1 ? {} : shown);
    case 'minItems':
      return schemaProblems['too-few'](thing, error.params.limit, {});
    case 'minimum':
    case 'maximum':
      return schemaProblems['out-of-range'](thing, rangeOf(schema as NumberSchema), shown);
    case 'type':
      if (error.schema['kind'] === 'mode')
        return schemaProblems['wrong-kind'](thing, KIND_WORDS.mode, { ...shown, advice: instead ?? 'write it like "0644"' });
      return schemaProblems['wrong-type'](thing, describeType(schema), { ...shown, advice: instead });
  }
}

function rangeOf({ minimum, maximum }: NumberSchema): string {
  if (minimum !== undefined && maximum !== undefined) return `between ${minimum} and ${maximum}`;
  return minimum !== undefined ? `at least ${minimum}` : `at most ${maximum ?? 0}`;
}

function nameOf(path: readonly string[], subject: Subject, label: Label): string {
  if (path.length > 0) return `${JSON.stringify(describePath(path, subject.value))} of ${label.what}`;
  return label.noun === 'key' ? JSON.stringify(label.what) : label.what;
}
