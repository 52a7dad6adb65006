// `facts.machine_id`: what tells this machine from all others, over reboots.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** 32 hex digits; empty where the host has none. */
export const hostMachineId = defineFact({
  name: 'host.machine_id',
  summary: 'the machine id: 32 hex digits, empty where there is none',
  probe: () => rawShell('cat /etc/machine-id 2>/dev/null || cat /var/lib/dbus/machine-id 2>/dev/null || :'),
  reads: () => [resource.path('/etc/machine-id')],
  parse: ({ stdout }): string => stdout.trim(),
  absent: '',
  cost: 'cheap',
});
