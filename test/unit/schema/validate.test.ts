// Validation of written values: every message, exact.
import assert from 'node:assert/strict';
import { formatProblem } from '../../../src/errors/problem.ts';
import { parseYaml } from '../../../src/load/yaml/parse-yaml.ts';
import { subjectOf } from '../../../src/load/yaml-subject.ts';
import { schemaProblems } from '../../../src/schema/messages.ts';
import type { CodedProblem } from '../../../src/schema/problem-table.ts';
import { expr } from '../../../src/schema/expr.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import { subjectAt } from '../../../src/schema/subject.ts';
import { validate } from '../../../src/schema/validate.ts';
import { SCHEMA_CASES } from './cases.ts';

function problemsOf(p: Schema, yaml: string): readonly CodedProblem[] {
  const node = parseYaml(yaml, 'f.yml');
  assert.ok(node);
  const schema: Schema = { type: 'object', properties: { p, other: { type: 'string' } }, required: ['p'], additionalProperties: false };
  return validate(schema, subjectOf(node), { what: 'test.thing', noun: 'parameter' });
}

describe('src/schema/validate', () => {
  for (const [title, schema, yaml, expected] of SCHEMA_CASES) {
    it(title, () => assert.deepEqual(problemsOf(schema, yaml).map(formatProblem).sort(), expected));
  }

  it('has a case for every message', () => {
    const made = new Set(SCHEMA_CASES.flatMap(([, schema, yaml]) => problemsOf(schema, yaml).map(problem => problem.code)));
    assert.deepEqual(
      Object.keys(schemaProblems).filter(key => !made.has(`schema.${key}`)),
      [],
    );
  });

  it('takes an expression of a TypeScript role for anything', () => {
    const schema: Schema = {
      type: 'object',
      properties: { heap: { type: 'object', properties: {}, additionalProperties: false } },
      additionalProperties: false,
    };
    assert.deepEqual(validate(schema, subjectAt({ heap: expr('{{ x }}') }, undefined), { what: 'x', noun: 'key' }), []);
  });

  it('names a variable by itself', () => {
    const [problem] = validate({ type: 'integer' }, subjectAt('9', { file: 'g.yml', line: 3, column: 8 }), {
      what: 'kafka_port',
      noun: 'key',
    });
    assert.equal(
      problem && formatProblem(problem),
      'g.yml:3:8  "kafka_port" must be a whole number, got the string "9", write kafka_port: 9',
    );
  });
});
