// What `npm run bench` can be told, and what it refuses.
import assert from 'node:assert/strict';
import { isComplete, readOptions } from '../../../bench/options.ts';

describe('bench/options', () => {
  it('measures everything five times when it is told nothing', () => {
    const options = readOptions([]);
    assert.equal(options.rounds, 5);
    assert.ok(isComplete(options));
  });

  it('takes the programs and the parts that are named, in its own order', () => {
    const options = readOptions(['--rounds', '2', '--only', 'floor,tsplay', '--parts', 'proxied,converged']);
    assert.deepEqual(options, { rounds: 2, programs: ['tsplay', 'floor'], parts: ['converged', 'proxied'] });
    assert.ok(!isComplete(options));
  });

  it('leaves out programs that have no part in what is measured', () => {
    assert.deepEqual(readOptions(['--parts', 'first']).programs, ['tsplay', 'ansible', 'mitogen', 'pyinfra']);
    assert.throws(() => readOptions(['--parts', 'first', '--only', 'floor']), /--only names no program with a part first/);
  });

  for (const [words, message] of [
    [['--rounds', '0'], /--rounds is 0, give a whole number from 1/],
    [['--rounds', 'many'], /--rounds is many/],
    [['--only', 'puppet'], /--only names "puppet", choose from tsplay, ansible, mitogen, pyinfra, floor, floor-tuned/],
    [['--parts', 'second'], /--parts names "second", choose from first, converged, proxied/],
    [['--quick'], /--quick/],
  ] as const)
    it(`refuses ${words.join(' ')}`, () => assert.throws(() => readOptions(words), message));
});
