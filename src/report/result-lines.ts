// What one result reads like: the status line, and beneath it what differs, why, and on what it rests.
import { formatPosition } from '../errors/problem.ts';
import type { Assumptions } from './assumptions.ts';
import type { Colour, Paint } from './colour.ts';
import { showDuration } from './duration.ts';
import type { ChangeRecord, Mode, TaskResult, TaskStatus } from './events.ts';
import type { ResultGroup } from './group-results.ts';
import { paintDiff } from './paint-diff.ts';
import { showValue } from './show-value.ts';

/** How results are to be read. */
export interface Reading {
  readonly mode: Mode;
  readonly paint: Paint;
  /** Whether times are shown. */
  readonly timed: boolean;
  /** What stands on the page already. */
  readonly assumptions: Assumptions;
}

const COLOURS: Readonly<Record<TaskStatus, Colour>> = {
  ok: 'green',
  changed: 'yellow',
  skipped: 'cyan',
  failed: 'red',
  unreachable: 'red',
  unknown: 'magenta',
};

/** The lines for hosts with the same result, indented beneath their task. */
export function resultLines(group: ResultGroup, reading: Reading): readonly string[] {
  const { result } = group;
  const { paint } = reading;
  const words = statusWords(result, reading.mode);
  const item = result.item === undefined ? '' : ` => (${result.item})`;
  const time = reading.timed ? paint('dim', ` (${showDuration(result.milliseconds)})`) : '';
  const head = `${words}: [${group.hosts.map(host => shownHost(host, result)).join(', ')}]${item}`;
  const [first, ...rest] = (result.message ?? '').trimEnd().split('\n');
  const says = first ? ` ${isFailure(result) ? paint('red', first) : first}` : '';
  const { beside, beneath } = reading.assumptions.words(result.task, result.assumes, reading.timed);
  const assumed = beside !== undefined && says === '' ? ` ${paint('dim', beside)}` : '';
  return [
    `  ${paint(result.ignored || result.rescued === true ? 'yellow' : COLOURS[result.status], head)}${says}${assumed}${time}`,
    ...rest.map(line => `      ${line}`),
    ...result.changes.flatMap(change => changeLines(change, paint)),
    ...[...(beside !== undefined && says !== '' ? [beside] : []), ...beneath].map(text => `      ${paint('dim', text)}`),
    ...(isFailure(result) && !result.ignored ? [`      ${paint('dim', whereabouts(result))}`] : []),
  ];
}

/** `n1 -> n2` where it was done on another host. */
function shownHost(host: string, { delegate }: TaskResult): string {
  return delegate === undefined ? host : `${host} -> ${delegate}`;
}

/** `attribute: from → to`, and the diff where there is one. */
export function changeLines(change: ChangeRecord, paint: Paint): readonly string[] {
  const line = `      ${change.attribute}: ${showValue(change.from)} → ${showValue(change.to)}`;
  if (change.diff === undefined || change.diff === '') return [line];
  return [line, ...paintDiff(change.diff.trimEnd(), paint).map(text => `        ${text}`)];
}

/** A dry run speaks of what would be; a failure that was let pass says so. */
function statusWords(result: TaskResult, mode: Mode): string {
  if (result.status === 'changed' && mode === 'check') return 'would change';
  const status = result.status === 'failed' && mode === 'check' ? 'would fail' : result.status;
  if (result.ignored) return `${status}, ignored`;
  return result.rescued === true ? `${status}, rescued` : status;
}

function isFailure(result: TaskResult): boolean {
  return result.status === 'failed' || result.status === 'unreachable';
}

function whereabouts({ task }: TaskResult): string {
  return task.at ? `${task.module} at ${formatPosition(task.at)}` : task.module;
}
