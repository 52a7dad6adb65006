import assert from 'node:assert/strict';
import type { Event } from '../../../src/report/events.ts';
import { createPlainReporter } from '../../../src/report/plain.ts';
import { secret } from '../../../src/util/secret.ts';
import { unknown } from '../../../src/util/unknown.ts';
import { aResult, aTask, loadEvents, memorySink, report, storedRuns } from './support/events.ts';
import { shuffled } from './support/shuffle.ts';

const plain = (events: readonly Event[]): Promise<string> =>
  report(stream => createPlainReporter({ stream, colour: false, verbosity: 0 }), events);

describe('report/plain beyond stored runs', () => {
  it('puts hosts with the same result on one line, in the order of the task', async () => {
    const change = { attribute: 'mode', from: '0644', to: '0600' };
    const results = ['n3', 'n1', 'n2'].map(host => aResult('t', host, { status: 'changed', changes: [change] }));
    const text = await plain([{ kind: 'task-started', task: aTask('t'), hosts: ['n1', 'n2', 'n3'] }, ...results]);
    assert.match(text, /^ {2}changed: \[n1, n2, n3\]\n {6}mode: 0644 → 0600$/m);
  });

  it('says the same of events that went through JSON, which is how the journal keeps them', async () => {
    const results = ['n1', 'n2'].map(host => {
      const change = { attribute: 'password', from: unknown('depends on x'), to: secret(`of ${host} alone`) };
      return aResult('t', host, { status: 'changed', changes: [change] });
    });
    const own: readonly Event[] = [{ kind: 'task-started', task: aTask('t'), hosts: ['n1', 'n2'] }, ...results];
    assert.match(await plain(own), /^ {2}changed: \[n1, n2\]$/m);
    for (const events of [own, ...storedRuns.map(loadEvents)])
      assert.equal(await plain(JSON.parse(JSON.stringify(events)) as readonly Event[]), await plain(events));
  });

  it('shows a failure at once, while others are still at work', () => {
    const sink = memorySink();
    const reporter = createPlainReporter({ stream: sink, colour: false, verbosity: 0 });
    reporter.emit({ kind: 'task-started', task: aTask('t'), hosts: ['n1', 'n2'] });
    reporter.emit(aResult('t', 'n1', { status: 'failed', message: 'no space left' }));
    assert.match(sink.text(), /failed: \[n1\] no space left/);
  });

  it('shows secrets and unknowns by type', async () => {
    const text = await plain([
      aResult('t', 'n1', { status: 'changed', changes: [{ attribute: 'password', from: secret('old one'), to: secret('new one') }] }),
      aResult('u', 'n1', { status: 'changed', changes: [{ attribute: 'id', from: null, to: unknown('depends on task 3') }] }),
    ]);
    assert.match(text, /password: \*\*\* → \*\*\*/);
    assert.match(text, /id: \(none\) → \(unknown: depends on task 3\)/);
  });

  it('tells of a lost host of which no result tells', async () => {
    assert.match(await plain([{ kind: 'host-lost', host: 'n1', message: 'the link is gone' }]), /unreachable: \[n1\] the link is gone/);
  });

  it('writes nothing when there was no run', async () => {
    assert.equal(await plain([]), '');
  });

  it('takes events in any order', async () => {
    for (const name of storedRuns) for (let seed = 1; seed <= 20; seed++) await plain(shuffled(loadEvents(name), seed));
  });

  it('goes on when its reader has left', async () => {
    const broken = {
      write(): never {
        throw new Error('EPIPE');
      },
    };
    const reporter = createPlainReporter({ stream: broken, colour: false, verbosity: 0 });
    for (const event of loadEvents('first')) reporter.emit(event);
    await reporter.close();
  });
});
