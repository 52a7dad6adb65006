// Module `set`: its parameters are a dictionary, which golden cases do not spell.
import assert from 'node:assert/strict';
import { set } from '../../../src/modules/engine/set.ts';

describe('modules/engine/set', () => {
  it('assigns every parameter and changes nothing', () => {
    const module = set.definition;
    assert.ok(module.kind === 'host');
    const steps = module.changes({ heap: 512, peers: ['n1', 'n2'] }, {});
    assert.deepEqual(steps, [{ kind: 'assign', variables: { heap: 512, peers: ['n1', 'n2'] } }]);
    assert.equal(module.rounds?.({}), 0);
  });
});
