// Which process a run belongs to, in words that still say so when another process has its number.
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { startIn } from '../util/process-start.ts';

/** One process, for good. What the machine does not tell is empty. */
export interface ProcessMark {
  readonly host: string;
  /** Another one after each start of the machine. */
  readonly boot: string;
  /** What the number counts in: containers count for themselves. */
  readonly space: string;
  readonly pid: number;
  /** Clock ticks since boot. */
  readonly start: string;
}

/** The process that asks. */
export function thisProcess(): ProcessMark {
  return { ...thisMachine(), pid: process.pid, start: startOf(process.pid) ?? '' };
}

/** Whether a process is still there; `elsewhere`: it counts where we cannot look. */
export function whereabouts({ host, boot, space, pid, start }: ProcessMark): 'here' | 'gone' | 'elsewhere' {
  const here = thisMachine();
  if (boot === here.boot && space === here.space) return startOf(pid) === start ? 'here' : 'gone';
  return host === here.host && boot !== here.boot ? 'gone' : 'elsewhere';
}

function thisMachine(): Pick<ProcessMark, 'host' | 'boot' | 'space'> {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '';
  return { host: hostname(), boot, space: attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '' };
}

/** Undefined where there is no such process. Where there is no /proc, a process is known by its number alone. */
function startOf(pid: number): string | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat !== undefined || existsSync('/proc/self/stat')) return startIn(stat);
  return attempt(() => process.kill(pid, 0)) === undefined ? undefined : '';
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
