import assert from 'node:assert/strict';
import { createRecapFold, foldRecap } from '../../../src/report/recap.ts';
import { aResult, aTask, loadEvents } from './support/events.ts';

const zero = { ok: 0, changed: 0, skipped: 0, failed: 0, unreachable: 0, unknown: 0, ignored: 0, rescued: 0 };

describe('report/recap', () => {
  for (const name of ['first', 'converged', 'check', 'failed', 'interrupted', 'verify']) {
    it(`comes to the recap that ${name} ended with`, () => {
      const events = loadEvents(name);
      const finish = events.find(event => event.kind === 'run-finished');
      assert.deepEqual(foldRecap([], events), finish?.recap);
    });
  }

  it('lists hosts in the order given, those without results too', () => {
    assert.deepEqual(
      foldRecap(['n2', 'n1'], [aResult('t', 'n3')]).map(row => row.host),
      ['n2', 'n1', 'n3'],
    );
  });

  it('counts a loop once, as the worst of its items', () => {
    const items = (['ok', 'changed', 'skipped'] as const).map((status, index) => aResult('t', 'n1', { status, item: String(index) }));
    assert.deepEqual(foldRecap([], items), [{ host: 'n1', ...zero, changed: 1 }]);
  });

  it('counts a handler that runs in two flushes twice', () => {
    assert.deepEqual(foldRecap([], [aResult('h', 'n1'), aResult('h', 'n1')]), [{ host: 'n1', ...zero, ok: 2 }]);
    const begin = { kind: 'task-started', task: aTask('h'), hosts: ['n1'] } as const;
    assert.deepEqual(foldRecap([], [begin, aResult('h', 'n1', { item: 'a' }), begin, aResult('h', 'n1', { item: 'a' })]), [
      { host: 'n1', ...zero, ok: 2 },
    ]);
  });

  it('counts a failure that was let pass as ignored only', () => {
    assert.deepEqual(foldRecap([], [aResult('t', 'n1', { status: 'failed', ignored: true })]), [{ host: 'n1', ...zero, ignored: 1 }]);
  });

  it('counts a loop as failed when one failure was not let pass', () => {
    const items = [true, false, true].map((ignored, index) => aResult('t', 'n1', { status: 'failed', ignored, item: String(index) }));
    assert.deepEqual(foldRecap([], items), [{ host: 'n1', ...zero, failed: 1 }]);
  });

  it('counts a lost host as unreachable, once', () => {
    const lost = { kind: 'host-lost', host: 'n1', message: 'gone' } as const;
    assert.deepEqual(foldRecap([], [lost]), [{ host: 'n1', ...zero, unreachable: 1 }]);
    assert.deepEqual(foldRecap([], [lost, aResult('t', 'n1', { status: 'unreachable' })]), [{ host: 'n1', ...zero, unreachable: 1 }]);
    const twice = ['t', 'u'].map(task => aResult(task, 'n1', { status: 'unreachable' }));
    assert.deepEqual(foldRecap([], [lost, ...twice]), [{ host: 'n1', ...zero, unreachable: 2 }]);
  });

  it('sums changes, assumptions, proofs and tasks', () => {
    const fold = createRecapFold();
    for (const event of loadEvents('check')) fold.add(event);
    const { tasks, changes, assumed, proofs, failed, hosts, results } = fold.totals();
    assert.deepEqual(
      { tasks, changes, assumed, proofs, failed, hosts, results },
      { tasks: 5, changes: 7, assumed: 3, proofs: 0, failed: 1, hosts: 3, results: 9 },
    );
  });
});
