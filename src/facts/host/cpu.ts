// `facts.cpu`: how many processors the host has, and which.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';

/** The processors the kernel uses. */
export interface HostCpu {
  readonly count: number;
  /** Empty where the kernel does not name it. */
  readonly model: string;
}

export const hostCpu = defineFact({
  name: 'host.cpu',
  summary: 'processors: count, model',
  probe: () => rawShell('cat /proc/cpuinfo 2>/dev/null || :'),
  reads: () => [],
  parse: ({ stdout }): HostCpu => ({
    count: Math.max(1, [...stdout.matchAll(/^processor\s*:\s*\d+$/gm)].length),
    model: /^(?:model name|Model|cpu model)\s*:\s*(.*)$/m.exec(stdout)?.[1]?.trim() ?? '',
  }),
  absent: { count: 1, model: '' },
  cost: 'cheap',
});
