// `facts.boot`: which boot this is, and since when.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';

/** The running boot. */
export interface HostBoot {
  /** Another after each reboot; empty where the kernel gives none. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly time: number;
}

export const hostBoot = defineFact({
  name: 'host.boot',
  summary: 'the running boot: id, time (seconds since 1970)',
  probe: () =>
    rawShell(`cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo; awk '$1 == "btime" { print $2 }' /proc/stat 2>/dev/null || :`),
  reads: () => [],
  parse: ({ stdout }): HostBoot => {
    const [id = '', time = ''] = stdout.split('\n');
    return { id, time: Number(time) };
  },
  absent: { id: '', time: 0 },
  cost: 'cheap',
});
