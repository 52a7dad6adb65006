// Where the time of a run went: on the wire and on the controller, by host and by task; as a table, and as a trace.
import type { WireSpan } from '../session/types.ts';
import { now } from '../util/now.ts';
import type { Event, TaskRef } from './events.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A task from its beginning to that of the next. */
interface TaskStretch extends Stretch {
  readonly task: TaskRef;
}

/** An event of the Trace Event Format, as far as it is used: complete events and names. Times are microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** As many tasks are named, the longest first. */
const MOST_TASKS = 10;

/** Listens to a run. */
export class Profile {
  readonly #spans: WireSpan[] = [];
  readonly #begun: { readonly task: TaskRef; readonly at: number }[] = [];
  #ended: number | undefined;

  hear(event: Event): void {
    if (event.kind === 'task-started') this.#begun.push({ task: event.task, at: now() });
    if (event.kind === 'run-finished') this.#ended = now();
  }

  see(span: WireSpan): void {
    this.#spans.push(span);
  }

  /** A summary, a line for each host, and the tasks that took longest. */
  text(): string {
    const end = this.#end();
    const connects = this.#spans.filter(span => span.kind === 'connect');
    const first = Math.min(end, ...this.#spans.map(span => span.start));
    const connecting = lengthOf(connects);
    const remote = lengthOf(this.#spans) - connecting;
    const rest = end - first - connecting - remote;
    const summary = `PROFILE ${seconds(end)} in all: ${seconds(first)} before the first connection, ${seconds(connecting)} connecting, ${seconds(remote)} hosts, ${seconds(rest)} controller`;
    return [summary, ...table(HOSTS, this.#hostRows()), ...table(TASKS, this.#taskRows()), ''].join('\n');
  }

  /** The same as a trace: the controller and its tasks, and a line for each host. */
  trace(): { readonly traceEvents: readonly TraceEvent[] } {
    const hosts = [...new Set(this.#spans.map(span => span.host))];
    const name = (pid: number, tid: number, what: 'process_name' | 'thread_name', text: string): TraceEvent => ({
      name: what,
      ph: 'M',
      pid,
      tid,
      args: { name: text },
    });
    const span = (text: string, pid: number, tid: number, { start, end }: Stretch, args = {}): TraceEvent => ({
      name: text,
      ph: 'X',
      pid,
      tid,
      ts: Math.round(start * 1000),
      dur: Math.round((end - start) * 1000),
      args,
    });
    return {
      traceEvents: [
        name(1, 0, 'process_name', 'controller'),
        name(1, 1, 'thread_name', 'tasks'),
        name(2, 0, 'process_name', 'hosts'),
        ...hosts.map((host, index) => name(2, index + 1, 'thread_name', host)),
        ...this.#tasks().map(({ task, ...stretch }) => span(task.name, 1, 1, stretch, { module: task.module, id: task.id })),
        ...this.#spans.map(({ kind, host, start, end, ...args }) => span(kind, 2, hosts.indexOf(host) + 1, { start, end }, args)),
      ],
    };
  }

  #end(): number {
    return this.#ended ?? now();
  }

  #tasks(): readonly TaskStretch[] {
    return this.#begun.map(({ task, at }, index) => ({ task, start: at, end: this.#begun[index + 1]?.at ?? this.#end() }));
  }

  #hostRows(): readonly (readonly string[])[] {
    return [...new Set(this.#spans.map(span => span.host))].sort().map(host => {
      const own = this.#spans.filter(span => span.host === host);
      const count = (kind: WireSpan['kind']): string => String(own.filter(span => span.kind === kind).length);
      const bytes = (of: 'bytesOut' | 'bytesIn'): string => kilobytes(own.reduce((sum, span) => sum + span[of], 0));
      return [host, count('frame'), count('upload'), bytes('bytesOut'), bytes('bytesIn'), seconds(lengthOf(own))];
    });
  }

  #taskRows(): readonly (readonly string[])[] {
    const longest = this.#tasks().toSorted((a, b) => b.end - b.start - (a.end - a.start));
    return longest.slice(0, MOST_TASKS).map(({ task, start, end }) => {
      const own = this.#spans.filter(span => span.start >= start && span.start < end);
      const remote = lengthOf(own);
      const trips = own.filter(span => span.kind === 'frame').length;
      return [`${task.id} ${task.name}`, String(trips), seconds(remote), seconds(Math.max(0, end - start - remote))];
    });
  }
}

const HOSTS = ['host', 'round trips', 'uploads', 'sent', 'received', 'remote'];
const TASKS = ['task', 'round trips', 'remote', 'controller'];

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map(row => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [line(heads), ...rows.map(line)];
}

/** How long at least one of them lasted, whatever was side by side. */
function lengthOf(stretches: readonly Stretch[]): number {
  let length = 0;
  let until = -Infinity;
  for (const { start, end } of stretches.toSorted((a, b) => a.start - b.start)) {
    length += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return length;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
