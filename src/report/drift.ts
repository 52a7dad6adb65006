// What has moved away from its description: a fold of dry runs into one row per host, worst first, and the words for it.
import { formatPosition } from '../errors/problem.ts';
import type { Paint } from './colour.ts';
import type { Event, TaskResult } from './events.ts';
import { taskHeading } from './heading.ts';
import { plural } from './plural.ts';
import { showValue } from './show-value.ts';

/** A task that would change something, or that cannot tell. */
export interface Moved {
  readonly playbook: string;
  readonly result: TaskResult;
}

/** One host over all playbooks. */
export interface HostDrift {
  readonly host: string;
  /** Attributes that differ. */
  readonly attributes: number;
  readonly moved: readonly Moved[];
  /** Tasks that would fail, in their own words. */
  readonly failed: readonly Moved[];
  /** Why it could not be asked. */
  readonly unreachable?: string;
}

/** Folds the events of one dry run after the other. The hosts that have moved the most come first. */
export function foldDrift(runs: readonly { readonly playbook: string; readonly events: readonly Event[] }[]): readonly HostDrift[] {
  const hosts = new Map<string, { moved: Moved[]; failed: Moved[]; unreachable?: string }>();
  const rowOf = (host: string): { moved: Moved[]; failed: Moved[]; unreachable?: string } => {
    const row = hosts.get(host) ?? { moved: [], failed: [] };
    hosts.set(host, row);
    return row;
  };
  for (const { playbook, events } of runs)
    for (const event of events) {
      if (event.kind === 'run-started') event.hosts.forEach(rowOf);
      if (event.kind === 'host-lost') rowOf(event.host).unreachable = event.message;
      if (event.kind !== 'task-result') continue;
      if (event.status === 'changed' || event.status === 'unknown') rowOf(event.host).moved.push({ playbook, result: event });
      if (event.status === 'failed' && !event.ignored && event.rescued !== true) rowOf(event.host).failed.push({ playbook, result: event });
    }
  const rows = [...hosts].map(([host, row]) => ({
    host,
    ...row,
    attributes: row.moved.reduce((sum, { result }) => sum + result.changes.length, 0),
  }));
  return rows.sort((a, b) => b.attributes - a.attributes || b.moved.length - a.moved.length || b.failed.length - a.failed.length);
}

/** The rows for a person. */
export function driftLines(rows: readonly HostDrift[], paint: Paint): readonly string[] {
  const still = rows.filter(row => isStill(row)).map(row => row.host);
  return [
    ...rows.filter(row => !isStill(row)).flatMap(row => ['', ...hostLines(row, paint)]),
    ...(still.length > 0 ? ['', paint('green', `as described: ${still.join(', ')}`)] : []),
    '',
    lastLine(rows, paint),
  ];
}

function isStill(row: HostDrift): boolean {
  return row.moved.length === 0 && row.failed.length === 0 && row.unreachable === undefined;
}

function hostLines(row: HostDrift, paint: Paint): readonly string[] {
  const words = [
    ...(row.moved.length > 0 ? [`${plural(row.attributes, 'attribute')} in ${plural(row.moved.length, 'task')}`] : []),
    ...(row.failed.length > 0 ? [`${plural(row.failed.length, 'task')} would fail`] : []),
    ...(row.unreachable === undefined ? [] : [`not asked: ${row.unreachable}`]),
  ];
  return [
    paint(row.unreachable === undefined ? 'yellow' : 'red', `${row.host}: ${words.join(', ')}`),
    ...row.moved.flatMap(moved => movedLines(moved, paint)),
    ...row.failed.flatMap(({ playbook, result }) => [
      `  ${taskHeading(result.task, false)} of ${playbook}`,
      paint('red', `      ${result.message ?? 'would fail'}`),
    ]),
  ];
}

function movedLines({ playbook, result }: Moved, paint: Paint): readonly string[] {
  const item = result.item === undefined ? '' : ` => (${result.item})`;
  const at = result.task.at === undefined ? playbook : formatPosition(result.task.at);
  return [
    `  ${taskHeading(result.task, false)}${item} ${paint('dim', `${result.task.module} at ${at}`)}`,
    ...result.changes.map(change => `      ${change.attribute}: is ${showValue(change.from)}, should be ${showValue(change.to)}`),
    ...(result.status === 'unknown' ? [paint('magenta', `      cannot be told: ${result.message ?? ''}`)] : []),
  ];
}

function lastLine(rows: readonly HostDrift[], paint: Paint): string {
  const moved = rows.filter(row => row.moved.length > 0).length;
  const [failed, away] = [rows.filter(row => row.failed.length > 0).length, rows.filter(row => row.unreachable !== undefined).length];
  const parts = [
    moved === 0 ? `nothing has moved on ${plural(rows.length - away, 'host')}` : `drifted: ${moved} of ${plural(rows.length, 'host')}`,
    ...(failed > 0 ? [`${plural(failed, 'host')} with tasks that would fail`] : []),
    ...(away > 0 ? [`${plural(away, 'host')} not reached`] : []),
  ];
  return paint(moved + failed + away === 0 ? 'green' : 'yellow', parts.join(', '));
}
