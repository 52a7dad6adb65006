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

/** What became of a playbook. */
export interface Trace {
  /** Results in their order, a line each; none where the playbook was refused. */
  readonly results: readonly string[];
  /** A line for each host that had a result, by name. */
  readonly recap: readonly string[];
  /** How it ended: `exit code 2`, `refused`. */
  readonly end: string;
  /** Why it was refused, in the words of the engine; nothing to compare. */
  readonly words?: string;
}

/** Of what was run. Hosts without any result are left out of the recap, as Ansible does. */
export function traceOf(results: readonly Result[], recap: Readonly<Record<string, Counts>>, exitCode: number): Trace {
  return {
    results: results.map(lineOf),
    recap: Object.entries(recap)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([host, counts]) => `${host}: ${countsOf(counts)}`)
      .filter(line => line.includes('=')),
    end: `exit code ${exitCode}`,
  };
}

/** Of what was refused before anything was run. */
export function refused(words: string): Trace {
  return { results: [], recap: [], end: 'refused', words };
}

/** What is compared. */
export function linesOf({ results, recap, end }: Trace): readonly string[] {
  return [...results, ...recap, end];
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
