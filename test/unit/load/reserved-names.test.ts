// The names that files cannot set are those that the Program provides.
import assert from 'node:assert/strict';
import { RESERVED_NAMES } from '../../../src/load/reserved-names.ts';
import { MAGIC_NAMES } from '../../../src/program/magic.ts';

describe('src/load/reserved-names', () => {
  it('are the magic variables', () => assert.deepEqual([...RESERVED_NAMES].sort(), [...MAGIC_NAMES].sort()));
});
