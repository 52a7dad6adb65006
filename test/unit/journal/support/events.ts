// Events and heads of runs as the journal keeps them.
import { thisProcess, type ProcessMark } from '../../../../src/journal/process-mark.ts';
import { JOURNAL_SCHEMA, type RunHead } from '../../../../src/journal/types.ts';
import type { Event } from '../../../../src/report/events.ts';

export const STARTED: Event = {
  kind: 'run-started',
  playbook: 'play.yml',
  inventory: 'hosts.yml',
  mode: 'run',
  hosts: ['n1', 'n2'],
  tasks: 1,
};

export const FINISHED: Event = {
  kind: 'run-finished',
  recap: [
    { host: 'n1', ok: 1, changed: 0, skipped: 0, failed: 0, unreachable: 0, unknown: 0, ignored: 0, rescued: 0 },
    { host: 'n2', ok: 0, changed: 0, skipped: 0, failed: 1, unreachable: 0, unknown: 0, ignored: 0, rescued: 0 },
  ],
  exitCode: 2,
  milliseconds: 5,
  wire: { roundTrips: 1, uploads: 0, connects: 1 },
  notDone: [],
};

export const note = (text: string): Event => ({ kind: 'note', level: 'info', text });

/** A process that is no more: nobody has this number. */
export const GONE: ProcessMark = { ...thisProcess(), pid: 2 ** 22 + 1, start: '1' };

export function headOf(changes: Partial<RunHead> = {}): RunHead {
  return {
    schema: JOURNAL_SCHEMA,
    id: '0123abcd',
    command: 'run',
    by: 'root@ctl',
    since: '2026-01-02T03:04:05.678Z',
    cwd: '/project',
    process: GONE,
    ...changes,
  };
}

/** The text of a file. */
export function fileOf(head: RunHead, ...events: readonly Event[]): string {
  return [head, ...events].map(line => `${JSON.stringify(line)}\n`).join('');
}
