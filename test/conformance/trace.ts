// What a run comes to, in one form for both engines, so that two runs can be compared line by line.

/** One result of a task on a host. */
export interface Result {
  readonly task: string;
  readonly host: string;
  readonly status: string;
  readonly item?: unknown;
  readonly value?: unknown;
}

/** The counts of a host, as Ansible counts: what was changed or ignored is ok, too. */
export interface Counts {
  readonly ok: number;
  readonly changed: number;
  readonly skipped: number;
  readonly failures: number;
  readonly unreachable: number;
  readonly rescued: number;
  readonly ignored: number;
}

/** Results in their order, the recap, and the exit code: lines of text. */
export type Trace = readonly string[];

/** As lines. Hosts without any result are left out of the recap, as Ansible does. */
export function traceOf(results: readonly Result[], recap: Readonly<Record<string, Counts>>, exitCode: number | null): Trace {
  return [
    ...results.map(lineOf),
    ...Object.entries(recap)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([host, counts]) => `${host}: ${countsOf(counts)}`)
      .filter(line => line.includes('=')),
    `exit code ${exitCode}`,
  ];
}

function lineOf({ task, host, status, item, value }: Result): string {
  return [
    `${task} on ${host}`,
    ...(item === undefined ? [] : [`for ${shown(item)}`]),
    status,
    ...(value === undefined ? [] : [shown(value)]),
  ].join(' ');
}

function countsOf(counts: Counts): string {
  const { ok, changed, skipped, failures, unreachable, rescued, ignored } = counts;
  return Object.entries({ ok, changed, skipped, failures, unreachable, rescued, ignored })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name}=${count}`)
    .join(' ');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
