// Runs as rows of a table.
import type { RunOutline, RunStanding } from '../journal/types.ts';
import type { HostRecap } from '../report/events.ts';

const HEADS = ['ID', 'WHEN', 'WHO', 'WHAT', 'PLAYBOOK', 'INVENTORY', 'HOSTS', 'EXIT', 'COUNTS'] as const;

const COUNTS = [
  'ok',
  'changed',
  'failed',
  'unreachable',
  'unknown',
  'rescued',
  'ignored',
  'skipped',
] as const satisfies readonly (keyof HostRecap)[];

/** A row for each run beneath a head; none at all without runs. */
export function runRows(runs: readonly RunOutline[], time: (date: string) => string): readonly string[] {
  if (runs.length === 0) return [];
  const rows = [HEADS, ...runs.map(run => cellsOf(run, time))];
  const widths = HEADS.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function cellsOf({ head, started, standing, recap }: RunOutline, time: (date: string) => string): readonly string[] {
  const { id, since, by, command } = head;
  const { mode, playbook, inventory, hosts } = started;
  // A run or a proof has several modes; a plan, its application and a look for drift say by themselves what they are.
  const what = command === 'run' || command === 'verify' ? mode : command;
  return [id, time(since), by, what, playbook, inventory, String(hosts.length), exitWord(standing), countWords(recap, mode === 'check')];
}

function exitWord(standing: RunStanding): string {
  switch (standing.kind) {
    case 'ended':
      return String(standing.exitCode);
    case 'running':
    case 'killed':
      return standing.kind;
    case 'elsewhere':
      return '?';
  }
}

/** Over all hosts; what is zero and nobody misses is left out. */
function countWords(recap: readonly HostRecap[], isDry: boolean): string {
  const sums = COUNTS.map(name => [name, recap.reduce((sum, row) => sum + row[name], 0)] as const);
  return sums
    .filter(([name, sum]) => sum > 0 || name === 'changed')
    .map(([name, sum]) => `${name === 'changed' && isDry ? 'would change' : name}=${sum}`)
    .join(' ');
}
