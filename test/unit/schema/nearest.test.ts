// "Did you mean": near enough, and the nearest.
import assert from 'node:assert/strict';
import { didYouMean, distance, nearest } from '../../../src/util/nearest.ts';

describe('src/util/nearest', () => {
  it('counts a swap of neighbours as one edit', () => {
    assert.deepEqual([distance('onwer', 'owner'), distance('abc', 'abc'), distance('', 'ab'), distance('kitten', 'sitting')], [1, 0, 2, 3]);
  });

  it('finds the nearest, and of equally near ones the one with the same letters', () => {
    assert.equal(nearest('taks', ['tags', 'tasks']), 'tasks');
    assert.equal(nearest('PATH', ['paths', 'path']), 'path');
  });

  it('finds nothing that is far', () => assert.equal(nearest('xyzzy', ['path', 'mode']), undefined));
  it('says it', () => assert.equal(didYouMean('onwer', ['owner']), 'did you mean "owner"?'));
});
