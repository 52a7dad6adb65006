// The lines of `--output json`, as a program that reads them would have them.
import assert from 'node:assert/strict';
import type { Event } from '../../../src/report/events.ts';
import { EVENT_SCHEMA } from '../../../src/report/json.ts';

type OfKind<K extends Event['kind']> = Extract<Event, { readonly kind: K }>;

/** Every line parsed; the first carries the version of the lines. */
export function eventsOf(stdout: string): readonly Event[] {
  const lines = stdout.split('\n');
  assert.equal(lines.pop(), '', 'the last line is whole');
  const events = lines.map(line => JSON.parse(line) as Event & { readonly schema?: string });
  assert.deepEqual(
    events.map(event => event.schema),
    events.map((_, index) => (index === 0 ? EVENT_SCHEMA : undefined)),
  );
  return events;
}

/** The events of one kind. */
export function ofKind<K extends Event['kind']>(events: readonly Event[], kind: K): readonly OfKind<K>[] {
  return events.filter((event): event is OfKind<K> => event.kind === kind);
}

/** The last event, which every run that was not killed ends with. */
export function finishOf(events: readonly Event[]): OfKind<'run-finished'> {
  const last = events.at(-1);
  assert.equal(last?.kind, 'run-finished');
  return last;
}

/** `host task: status` of every result. */
export function statuses(events: readonly Event[]): readonly string[] {
  return ofKind(events, 'task-result').map(({ host, task, status }) => `${host} ${task.name}: ${status}`);
}
