// The names that files cannot set are those that the Program provides.
import assert from 'node:assert/strict';
import { runVariables } from '../../../src/cli/magic-variables.ts';
import { RESERVED_NAMES } from '../../../src/load/variables/reserved-names.ts';
import { GIVEN_NAMES, MAGIC_NAMES } from '../../../src/program/magic.ts';

describe('src/load/variables/reserved-names', () => {
  it('are the magic variables', () => {
    const ofRun = Object.keys(
      runVariables({ inventory: { path: '/i/hosts', directory: '/i' }, playbookDirectory: '/p', tags: { only: [], skip: [] } }),
    ).filter(name => name !== 'lab');
    assert.deepEqual([...RESERVED_NAMES].sort(), [...MAGIC_NAMES, ...Object.values(GIVEN_NAMES), ...ofRun].sort());
  });
});
