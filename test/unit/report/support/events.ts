// Stored events for the tests of reporters, and a stream that remembers what was written.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event, TaskRef, TaskResult } from '../../../../src/report/events.ts';
import type { Reporter, Sink } from '../../../../src/report/reporter.ts';
import { sourceRoot } from '../../../support/golden.ts';

const folder = join(sourceRoot, 'test/unit/report/events');

/** Names of the stored runs. */
export const storedRuns: readonly string[] = readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => name.slice(0, -'.json'.length))
  .sort();

/** The events of a stored run. */
export function loadEvents(name: string): readonly Event[] {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Event[];
}

/** A stream that keeps its text. */
export function memorySink(): Sink & { text(): string } {
  let kept = '';
  return {
    columns: 100,
    rows: 40,
    write(text, written) {
      kept += text;
      written?.();
    },
    text: () => kept,
  };
}

/** Everything a reporter writes for these events. */
export async function report(create: (stream: Sink) => Reporter, events: readonly Event[]): Promise<string> {
  const sink = memorySink();
  const reporter = create(sink);
  for (const event of events) reporter.emit(event);
  await reporter.close();
  return sink.text();
}

/** A task by its id. */
export function aTask(id: string, extra: Partial<TaskRef> = {}): TaskRef {
  return { id, name: id, module: 'file.copy', handler: false, ...extra };
}

/** A result that is ok unless told otherwise. */
export function aResult(task: string, host: string, extra: Partial<TaskResult> = {}): TaskResult {
  return {
    kind: 'task-result',
    task: aTask(task),
    host,
    status: 'ok',
    changes: [],
    assumes: [],
    ignored: false,
    milliseconds: 10,
    ...extra,
  };
}
