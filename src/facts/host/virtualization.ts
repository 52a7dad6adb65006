// `facts.virtualization`: what the host runs in.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';

/** systemd's names: `none`, `kvm`, `vmware`, `oracle`, `docker`, `systemd-nspawn`, `lxc`, `uml`, …; `unknown` where nothing tells. */
export const hostVirtualization = defineFact({
  name: 'host.virtualization',
  summary: 'what the host runs in, in the words of systemd-detect-virt; none on bare metal, unknown where nothing tells',
  probe: () =>
    rawShell(`
if command -v systemd-detect-virt >/dev/null; then systemd-detect-virt || :
elif [ -f /.dockerenv ]; then echo docker
elif awk '/^vendor_id.*User Mode Linux/ { found = 1 } END { exit !found }' /proc/cpuinfo 2>/dev/null; then echo uml
else cat /sys/class/dmi/id/sys_vendor 2>/dev/null || :; fi`),
  reads: () => [],
  parse: ({ stdout }): string => {
    const told = stdout.trim();
    return VENDORS[told] ?? (/^[a-z][a-z0-9-]*$/.test(told) ? told : 'unknown');
  },
  absent: 'unknown',
  cost: 'cheap',
});

const VENDORS: Readonly<Record<string, string>> = {
  QEMU: 'kvm',
  'VMware, Inc.': 'vmware',
  'innotek GmbH': 'oracle',
  'Microsoft Corporation': 'microsoft',
  Xen: 'xen',
};
