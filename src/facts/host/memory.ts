// `facts.memory`: how much memory the host has.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';

/** Bytes. */
export interface HostMemory {
  readonly total: number;
  /** What could be had without swapping when this was read, once a run: not for values that have to stay the same. */
  readonly available: number;
  readonly swap: number;
}

export const hostMemory = defineFact({
  name: 'host.memory',
  summary: 'memory in bytes: total, available (at the moment of reading), swap',
  probe: () => rawShell('cat /proc/meminfo 2>/dev/null || :'),
  reads: () => [],
  parse: ({ stdout }): HostMemory => {
    const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(stdout)?.[1] ?? 0) * 1024;
    return { total: bytes('MemTotal'), available: bytes('MemAvailable'), swap: bytes('SwapTotal') };
  },
  absent: { total: 0, available: 0, swap: 0 },
  cost: 'cheap',
});
