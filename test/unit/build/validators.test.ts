// What the build makes of schemas finds what ajv finds, and fills in the same; and there is one for every schema that ships.
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { checksCode, engineSchemas, roleSchemas } from '../../../build/validators.ts';
import { parseYaml } from '../../../src/load/yaml/parse-yaml.ts';
import { toValue } from '../../../src/load/yaml/to-value.ts';
import { boxedSchema, createAjv } from '../../../src/schema/create-ajv.ts';
import { digestOf } from '../../../src/schema/digest-of.ts';
import type { Boxed, RawCheck, RawError } from '../../../src/schema/raw-check.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import { projectRoot } from '../../support/project-root.ts';
import { SCHEMA_CASES } from '../schema/cases.ts';

const WITH_DEFAULTS: Schema = {
  type: 'object',
  properties: { port: { type: 'integer', default: 80 }, names: { type: 'array', items: { type: 'string' }, default: ['a'] } },
  additionalProperties: false,
  default: {},
};

/** The checks that the code of some schemas gives, by digest. */
async function checksOf(schemas: readonly object[]): Promise<Readonly<Record<string, RawCheck>>> {
  const { outputFiles } = await build({
    stdin: { contents: checksCode(schemas), resolveDir: projectRoot() },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const code = outputFiles[0]?.text ?? '';
  const { CHECKS } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { readonly CHECKS: Record<string, RawCheck> };
  return CHECKS;
}

function outcome(check: RawCheck | undefined, value: unknown): { readonly filled: unknown; readonly errors: readonly RawError[] } {
  assert.ok(check);
  const boxed: Boxed = value === undefined ? {} : { value: structuredClone(value) };
  check(boxed);
  return { filled: boxed.value, errors: check.errors ?? [] };
}

describe('build/validators', () => {
  it('find what ajv finds at run time, in every case there is', async () => {
    const checks = await checksOf([WITH_DEFAULTS, ...SCHEMA_CASES.map(([, schema]) => schema)]);
    const cases = SCHEMA_CASES.map(([title, schema, yaml]) => {
      const node = parseYaml(yaml, 'f.yml');
      return [title, schema, (node && (toValue(node) as Record<string, unknown>))?.['p']] as const;
    });
    const more = [undefined, {}, { port: 'x' }, { port: 1, names: [2], other: 3 }].map(
      value => ['defaults', WITH_DEFAULTS, value] as const,
    );
    let wrong = 0;
    for (const [title, schema, value] of [...cases, ...more]) {
      const expected = outcome(createAjv().compile(boxedSchema(schema)) as RawCheck, value);
      assert.deepEqual(outcome(checks[digestOf(schema)], value), expected, title);
      wrong += expected.errors.length;
    }
    assert.ok(wrong > SCHEMA_CASES.length / 2, 'most cases are of values that do not fit');
  });

  it('know the schemas of the engine and of the roles', async () => {
    for (const schemas of [await engineSchemas(), await roleSchemas()]) {
      const checks = await checksOf(schemas);
      assert.deepEqual(
        schemas.filter(schema => checks[digestOf(schema)] === undefined),
        [],
      );
    }
  });

  it('refuse a schema that is none', () => {
    for (const schema of [{ type: 'strnig' }, { type: 'integer', minimum: '1' }, { type: 'string', tpye: 1 }]) {
      assert.throws(() => checksCode([schema]), JSON.stringify(schema));
      assert.throws(() => createAjv().compile(boxedSchema(schema)), JSON.stringify(schema));
    }
  });
});
