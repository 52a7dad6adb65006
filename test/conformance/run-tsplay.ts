// Runs playbooks as `tsplay run` does, from its words to its events, in this process: a new one for each takes long.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine } from '../../src/cli/arguments/parse-command-line.ts';
import { requestFrom } from '../../src/cli/commands/request.ts';
import { execute } from '../../src/cli/execute.ts';
import { inputErrorOf } from '../../src/program/input-error.ts';
import type { Event } from '../../src/report/events.ts';
import { finishOf, ofKind } from '../cli/support/events.ts';
import { refused, traceOf, type Counts, type Trace } from './trace.ts';

// What hosts on this machine keep for the next run is kept in a folder of this process.
process.env['TSPLAY_STATE'] ??= mkdtempSync(join(tmpdir(), 'tsplay-state-'));
process.once('exit', () => rmSync(process.env['TSPLAY_STATE'] ?? '', { recursive: true, force: true }));

/** @param name of a playbook in the folder. @param args with its inventory */
export async function runTsplay(folder: string, name: string, args: readonly string[]): Promise<Trace> {
  const events: Event[] = [];
  const { signal } = new AbortController();
  try {
    const command = parseCommandLine(['run', name, '--forks', '1', ...args]);
    if (command.kind !== 'run') throw new Error(`${name} is run by tsplay run`);
    const request = { ...requestFrom(command, name, 'run'), cwd: folder };
    await execute(request, { emit: event => events.push(event), stop: signal, kill: signal });
  } catch (error) {
    const input = inputErrorOf(error);
    if (input === undefined) throw error;
    return refused(input.message);
  }
  const results = ofKind(events, 'task-result').map(({ task, host, status, item, message }) => ({
    // As Ansible calls it.
    task: task.role === undefined ? task.name : `${task.role} : ${task.name}`,
    host,
    status,
    item,
    ...(task.module === 'debug' && ['ok', 'changed'].includes(status) && { value: valueIn(message) }),
  }));
  const { recap, exitCode } = finishOf(events);
  const counts = recap.map(({ host, ok, changed, skipped, failed, unreachable, rescued, ignored }): [string, Counts] => [
    host,
    { ok: ok + changed + ignored, changed, skipped, failures: failed, unreachable, rescued, ignored },
  ]);
  return traceOf(results, Object.fromEntries(counts), exitCode);
}

/** What `debug` says: lists and maps on one line, and nothing that is hidden. */
function valueIn(message: string | undefined): unknown {
  if (message === '(not shown: no_log)') return undefined;
  return message !== undefined && /^[[{]/.test(message) ? (JSON.parse(message) as unknown) : message;
}
