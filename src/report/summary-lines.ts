// How a run ends on the page: what was not done, a row per host, what it cost, and one last line that says it all.
import { EXIT } from '../errors/errors.ts';
import type { Colour, Paint } from './colour.ts';
import { showDuration } from './duration.ts';
import type { Event, HostRecap, Mode } from './events.ts';
import { plural } from './plural.ts';
import type { Totals } from './recap.ts';

type Finish = Extract<Event, { kind: 'run-finished' }>;

/** What the last lines speak of. */
export interface Ending {
  readonly mode: Mode;
  readonly finish: Finish;
  readonly totals: Totals;
}

const COLUMNS = [
  { key: 'ok', always: true, colour: 'green' },
  { key: 'changed', always: true, colour: 'yellow' },
  { key: 'failed', always: true, colour: 'red' },
  { key: 'unreachable', always: false, colour: 'red' },
  { key: 'unknown', always: false, colour: 'magenta' },
  { key: 'rescued', always: false, colour: 'yellow' },
  { key: 'ignored', always: false, colour: 'yellow' },
  { key: 'skipped', always: false, colour: 'cyan' },
] as const satisfies readonly { readonly key: keyof HostRecap; readonly always: boolean; readonly colour: Colour }[];

/** The summary: ends with one line fit for a log's grep. */
export function summaryLines(ending: Ending, paint: Paint): readonly string[] {
  const { finish } = ending;
  return [
    ...notDoneLines(finish.notDone, paint),
    '',
    paint('bold', 'RECAP'),
    ...recapRows(finish.recap, ending.mode, paint),
    '',
    lastLine(ending, paint),
  ];
}

/** A row per host, columns aligned; those that are zero everywhere and nobody misses are left out. */
export function recapRows(recap: readonly HostRecap[], mode: Mode, paint: Paint): readonly string[] {
  const columns = COLUMNS.filter(column => column.always || recap.some(row => row[column.key] > 0));
  const nameWidth = Math.max(0, ...recap.map(row => row.host.length));
  const widths = columns.map(column => Math.max(...recap.map(row => String(row[column.key]).length)));
  return recap.map(row => {
    const cells = columns.map((column, index) => {
      const count = row[column.key];
      const label = column.key === 'changed' && mode === 'check' ? 'would change' : column.key;
      const cell = `${label}=${count}`;
      return (count > 0 ? paint(column.colour, cell) : cell) + ' '.repeat((widths[index] ?? 0) - String(count).length);
    });
    return `  ${row.host.padEnd(nameWidth)} : ${cells.join('  ').trimEnd()}`;
  });
}

function notDoneLines(notDone: readonly string[], paint: Paint): readonly string[] {
  if (notDone.length === 0) return [];
  const shown = notDone.slice(0, 20).map(name => `  - ${name}`);
  const rest = notDone.length > 20 ? [`  … and ${notDone.length - 20} more`] : [];
  return ['', paint('yellow', `NOT DONE: ${plural(notDone.length, 'task')} not begun`), ...shown, ...rest];
}

function lastLine({ mode, finish, totals }: Ending, paint: Paint): string {
  const { recap, wire } = finish;
  const troubled = recap.filter(row => row.failed > 0 || row.unreachable > 0).map(row => row.host);
  const changed = recap.reduce((sum, row) => sum + row.changed, 0);
  const unknown = recap.reduce((sum, row) => sum + row.unknown, 0);
  const parts = [
    `${verdict(finish, mode)}: ${plural(totals.tasks, 'task')} on ${plural(recap.length, 'host')}`,
    ...(troubled.length > 0 ? [`trouble on ${listHosts(troubled)}`] : []),
    ...(mode === 'check' ? [`would change=${changed}`, ...(unknown > 0 ? [`unknown=${unknown}`] : [])] : [`changed=${changed}`]),
    ...(totals.changes > 0 ? [plural(totals.changes, 'attribute')] : []),
    ...(mode === 'check' && totals.assumed > 0 ? [`${totals.assumed} assumed (${plural(totals.assumptions, 'assumption')})`] : []),
    ...(totals.proofs > 0 ? [plural(totals.proofs, 'proof')] : []),
    plural(wire.roundTrips, 'round trip'),
    ...(wire.uploads > 0 ? [plural(wire.uploads, 'upload')] : []),
    showDuration(finish.milliseconds),
  ];
  const isGood = finish.exitCode === EXIT.ok;
  return paint(isGood ? 'green' : finish.exitCode === EXIT.pending ? 'yellow' : 'red', parts.join(', '));
}

/** The exit code in a word. */
function verdict(finish: Finish, mode: Mode): string {
  switch (finish.exitCode) {
    case EXIT.ok:
      return mode === 'check' ? 'checked' : mode === 'run' ? 'ok' : 'proved';
    case EXIT.bug:
      return 'stopped by a bug in tsplay';
    case EXIT.failed:
      return mode === 'check' ? 'would fail' : 'failed';
    case EXIT.pending:
      return 'changes are pending';
    case EXIT.unreachable:
      return 'unreachable';
    case EXIT.usage:
      return 'invalid input';
    case EXIT.stalePlan:
      return 'the plan no longer fits';
    case EXIT.interrupted:
      return 'interrupted';
  }
  return finish.exitCode satisfies never;
}

function listHosts(hosts: readonly string[]): string {
  return hosts.length <= 5 ? hosts.join(', ') : `${hosts.slice(0, 5).join(', ')} and ${hosts.length - 5} more`;
}
