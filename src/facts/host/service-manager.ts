// `facts.service_manager`: what starts services on the host.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';

/** The one that runs, not one that is merely installed. */
export const hostServiceManager = defineFact({
  name: 'host.service_manager',
  summary: 'what starts services: systemd, openrc, esxi or other',
  probe: () =>
    rawShell(`
if [ -d /run/systemd/system ]; then echo systemd
elif [ -d /run/openrc ]; then echo openrc
elif [ "$(uname -s)" = VMkernel ]; then echo esxi
else echo other; fi`),
  reads: () => [],
  parse: ({ stdout }): string => stdout.trim(),
  absent: 'other',
  cost: 'cheap',
});
