// Fact: the host's name, as it is now and as it will be after the next start.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** The host's name. */
export interface Hostname {
  /** As the kernel has it now. */
  readonly running: string;
  /** As /etc/hostname has it, for the next start; empty when there is none. */
  readonly static: string;
}

/** Comments and empty lines of /etc/hostname do not count. */
export const hostname = defineFact({
  name: 'host.hostname',
  summary: 'the name of the host: running, and static for the next start',
  probe: () =>
    rawShell(`
cat /proc/sys/kernel/hostname 2>/dev/null || uname -n
[ ! -f /etc/hostname ] || awk 'NF > 0 && $1 !~ /^#/ { print $1; exit }' /etc/hostname`),
  reads: () => [resource.sysctl('kernel.hostname'), resource.path('/etc/hostname')],
  parse: ({ stdout }): Hostname => {
    const [running = '', persisted = ''] = stdout.split('\n');
    return { running: running.trim(), static: persisted.trim() };
  },
  absent: { running: '', static: '' },
  cost: 'cheap',
});
