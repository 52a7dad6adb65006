// Runs a case with the program as it ships, and reads its lines of JSON.
import { eventsOf, finishOf, ofKind } from '../cli/support/events.ts';
import { runProgram } from '../cli/support/program.ts';
import type { Case } from './case.ts';
import { traceOf, type Counts, type Trace } from './trace.ts';

/** Runs the playbook, which is there already. @param name of its file in the folder */
export async function runTsplay(folder: string, name: string, { args = [] }: Case): Promise<Trace> {
  const ended = await runProgram(folder, ['run', name, '-i', 'inventory.yml', '--forks', '1', '--output', 'json', ...args]);
  if (ended.code === 5) return [...ended.stderr.trim().split('\n'), 'refused'];
  const events = eventsOf(ended.stdout);
  const results = ofKind(events, 'task-result').map(({ task, host, status, item, message }) => ({
    task: task.name,
    host,
    status,
    item,
    ...(task.module === 'debug' && ['ok', 'changed'].includes(status) && { value: message }),
  }));
  const recap = finishOf(events).recap.map(({ host, ok, changed, skipped, failed, unreachable, rescued, ignored }): [string, Counts] => [
    host,
    { ok: ok + changed + ignored, changed, skipped, failures: failed, unreachable, rescued, ignored },
  ]);
  return traceOf(results, Object.fromEntries(recap), ended.code);
}
