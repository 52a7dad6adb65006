// The comparison as Markdown: a line a task, and how often each verdict fell.
import type { Pair, Shown } from './pair.ts';
import { VERDICTS, type Verdict } from './verdict.ts';

/** The tasks with their verdicts. */
export function taskTable(pairs: readonly Pair[]): string {
  return table(
    ['task', 'Ansible: module', 'check', 'run', 'verdict', 'tsplay: module', 'check', 'run', 'verdict'],
    pairs.map(({ task, ansible, tsplay }) => [task, ...cells(ansible), ...cells(tsplay)]),
  );
}

/** How often each verdict fell; those that never did are left out. */
export function countTable(pairs: readonly Pair[]): string {
  const count = (of: readonly Shown[], verdict: Verdict): number => of.filter(shown => shown.verdict === verdict).length;
  const ansible = pairs.map(pair => pair.ansible);
  const tsplay = pairs.map(pair => pair.tsplay);
  const rows = VERDICTS.map(verdict => [verdict, count(ansible, verdict), count(tsplay, verdict)] as const);
  return table(
    ['verdict', 'Ansible', 'tsplay'],
    rows.filter(row => row[1] + row[2] > 0).map(([verdict, of, other]) => [verdict, `${of}`, `${other}`]),
  );
}

const TELLING: readonly string[] = ['failed', 'unknown'];

/** What the two said of the tasks where a check failed or did not know, in their own words. */
export function wordTable(pairs: readonly Pair[]): string {
  const said = (engine: string, task: string, { check }: Shown): readonly string[][] =>
    check.message === undefined || !TELLING.includes(check.status) ? [] : [[task, engine, check.status, escape(shorten(check.message))]];
  return table(
    ['task', 'engine', 'check', 'its words'],
    pairs.flatMap(({ task, ansible, tsplay }) => [...said('Ansible', task, ansible), ...said('tsplay', task, tsplay)]),
  );
}

function cells({ module, check, run, verdict }: Shown): readonly string[] {
  return [`\`${module}\``, check.status, run.status, verdict === 'true' ? verdict : `**${verdict}**`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (of: readonly string[]): string => `| ${of.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function shorten(message: string): string {
  const first = message.split('\n')[0] ?? '';
  return first.length > 200 ? `${first.slice(0, 200)}…` : first;
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
