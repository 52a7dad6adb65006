// The check after rendering: defaults filled in, secrets and resolved values kept as they are.
import assert from 'node:assert/strict';
import { InputError } from '../../../src/errors/errors.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import { validateResolved } from '../../../src/schema/validate-resolved.ts';
import { secret } from '../../../src/util/secret.ts';
import { unknown } from '../../../src/util/unknown.ts';

const SCHEMA: Schema = {
  type: 'object',
  properties: {
    path: { type: 'string', kind: 'path' },
    mode: { type: 'string', kind: 'mode', default: '0644' },
    content: { type: 'string', kind: 'template' },
    options: { type: 'object', properties: { force: { type: 'boolean', default: false } }, additionalProperties: false, default: {} },
  },
  required: ['path'],
  additionalProperties: false,
};
const AT = { file: 'p.yml', line: 2, column: 3 };

describe('src/schema/validate-resolved', () => {
  it('fills in defaults, those of a default too', () => {
    assert.deepEqual(validateResolved(SCHEMA, { path: '/a' }, { what: 'test.thing' }), {
      path: '/a',
      mode: '0644',
      options: { force: false },
    });
  });

  it('leaves its argument alone and freezes what it gives', () => {
    const value = Object.freeze({ path: '/a', options: Object.freeze({}) });
    const result = validateResolved(SCHEMA, value, { what: 'test.thing' });
    assert.deepEqual(value, { path: '/a', options: {} });
    assert.ok(Object.isFrozen(result));
  });

  it('fills in the default of the value itself', () =>
    assert.equal(validateResolved({ type: 'integer', default: 5 }, undefined, { what: 'x' }), 5));

  it('keeps resolved values, secrets and what is unknown', () => {
    const content = { kind: 'content', text: 'x', name: 'a.hbs' } as const;
    const path = secret('/a');
    const result = validateResolved(SCHEMA, { path, content, mode: unknown('task 1') }, { what: 'test.thing' }) as Record<string, unknown>;
    assert.equal(result['path'], path);
    assert.equal(result['content'], content);
    assert.equal(String(result['mode']), '(unknown)');
  });

  it('checks a secret by what it holds and does not say it', () => {
    const run = (): unknown => validateResolved(SCHEMA, { path: secret('hidden') }, { what: 'test.thing', at: AT });
    assert.throws(
      run,
      (error: unknown) =>
        error instanceof InputError && error.message === 'p.yml:2:3  "path" of test.thing must be an absolute path, got a secret',
    );
  });

  it('takes {{ for data', () => {
    const run = (): unknown => validateResolved(SCHEMA, { path: '{{ x }}' }, { what: 'test.thing', at: AT });
    assert.throws(run, /p\.yml:2:3 {2}"path" of test\.thing must be an absolute path, got the string "\{\{ x \}\}"/);
  });

  it('is quick the second time', () => {
    validateResolved(SCHEMA, { path: '/a' }, { what: 'x' });
    const start = performance.now();
    for (let count = 0; count < 2000; count++) validateResolved(SCHEMA, { path: '/a' }, { what: 'x' });
    assert.ok(performance.now() - start < 1000);
  });

  it('says that a schema is broken', () => {
    const broken = { type: 'strin' } as unknown as Schema;
    assert.throws(() => validateResolved(broken, 'x', { what: 'x' }), { name: 'ContractError' });
  });
});
