import assert from 'node:assert/strict';
import type { Event } from '../../../src/report/events.ts';
import { createLiveReporter } from '../../../src/report/live.ts';
import { createPlainReporter } from '../../../src/report/plain.ts';
import { aTask, loadEvents, memorySink, report, storedRuns } from './support/events.ts';
import { screenOf } from './support/screen.ts';
import { shuffled } from './support/shuffle.ts';
import { until } from './support/until.ts';

/** Feeds events to a tree that is being drawn; goes on after the first half when a frame with a play was drawn. @returns all that was written */
async function drawn(events: readonly Event[]): Promise<string> {
  const sink = memorySink();
  const reporter = createLiveReporter({ stream: sink, colour: false, verbosity: 0 });
  try {
    await until(() => sink.text().includes(HIDE_CURSOR));
    const half = Math.ceil(events.length / 2);
    for (const event of events.slice(0, half)) reporter.emit(event);
    // The mark of a line with lines beneath it, or the spinner of one without.
    await until(() => /[›\u2800-\u28ff] /.test(sink.text()));
    for (const event of events.slice(half)) reporter.emit(event);
  } finally {
    await reporter.close();
  }
  return sink.text();
}

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

describe('report/live', () => {
  for (const name of storedRuns) {
    it(`leaves on the terminal what plain writes: ${name}`, async () => {
      const events = loadEvents(name).filter(event => event.kind !== 'waiting');
      const plain = await report(stream => createPlainReporter({ stream, colour: false, verbosity: 0 }), events);
      assert.equal(screenOf(await drawn(events)), plain);
    });
  }

  it('draws a tree of what is under way, beneath the lines that stay', async () => {
    const sink = memorySink();
    const reporter = createLiveReporter({ stream: sink, colour: false, verbosity: 0 });
    const events = loadEvents('first');
    const waiting = events.findIndex(event => event.kind === 'waiting');
    for (const event of events.slice(0, waiting + 1)) reporter.emit(event);
    await until(() => screenOf(sink.text()).includes('waiting for'));
    const screen = screenOf(sink.text());
    const wanted = /HANDLER \[zookeeper : restart zookeeper\] 0\/2 hosts\n.* n1\n.* n2 waiting for n2 is back in quorum\n/;
    assert.match(screen, wanted);
    assert.match(screen, /enabled: false → true/);
    for (const event of events.slice(waiting + 1)) reporter.emit(event);
    await reporter.close();
    const end = screenOf(sink.text());
    assert.doesNotMatch(end, wanted);
    assert.match(end, /RECAP\n {2}n1 : .*\n.*\n.*\n\nok: 7 tasks on 3 hosts/);
  });

  it('shows the cursor again', async () => {
    const text = await drawn(loadEvents('first'));
    assert.ok(text.lastIndexOf(SHOW_CURSOR) > text.lastIndexOf(HIDE_CURSOR));
  });

  it('leaves Ctrl-C to the run', async () => {
    const before = process.listeners('SIGINT');
    const sink = memorySink();
    const reporter = createLiveReporter({ stream: sink, colour: false, verbosity: 0 });
    await until(() => sink.text().includes(HIDE_CURSOR));
    const during = process.listeners('SIGINT');
    await reporter.close();
    assert.deepEqual(during, before);
  });

  it('takes events in any order', async () => {
    for (const name of storedRuns) {
      const underWay = [
        { kind: 'play-started', play: 'last', hosts: [] },
        { kind: 'task-started', task: aTask('z'), hosts: ['n1'] },
      ] as const;
      const events = shuffled(loadEvents(name), 7);
      screenOf(await drawn([...events, ...underWay, ...events, ...underWay]));
    }
  });

  it('writes as plain does when the run is over before a tree is there', async () => {
    const [live, plain] = [createLiveReporter, createPlainReporter].map(create =>
      report(stream => create({ stream, colour: false, verbosity: 0 }), loadEvents('converged')),
    );
    assert.equal(await live, await plain);
  });

  it('can be closed twice, and takes events afterwards', async () => {
    const sink = memorySink();
    const reporter = createLiveReporter({ stream: sink, colour: false, verbosity: 0 });
    await reporter.close();
    for (const event of loadEvents('first')) reporter.emit(event);
    await reporter.close();
    assert.match(screenOf(sink.text()), /^ok: 7 tasks/m);
  });
});
