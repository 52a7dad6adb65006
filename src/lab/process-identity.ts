// What names one process for good: a pid may be used again, a pid with its start time not.
import { readFile } from 'node:fs/promises';
import { startIn } from '../util/process-start.ts';

/** A process that was seen running. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot, field 22 of /proc/PID/stat. */
  readonly start: string;
}

/** When a running process started; undefined if there is none or only its zombie is left. */
export async function startOf(pid: number): Promise<string | undefined> {
  return startIn(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined));
}
