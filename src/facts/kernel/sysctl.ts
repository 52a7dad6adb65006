// Fact: one kernel parameter as it is now, read from /proc/sys; no tool is needed.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** One kernel parameter. */
export interface SysctlValue {
  readonly exists: boolean;
  /** Words parted by one space each; empty when there is none, or when it cannot be read. */
  readonly value: string;
  /** Whether this host lets it be written: containers often do not. */
  readonly writable: boolean;
}

/** A parameter by its canonical name, see {@link canonicalSysctl}. */
export const sysctlValue = defineFact({
  name: 'kernel.sysctl',
  summary: 'the running value of one kernel parameter',
  // Opening it writes nothing, and tells more than test -w: mounts are read-only, and some shells take root's leave for granted.
  probe: ({ name }: { readonly name: string }) => sh`
[ -e ${sysctlPath(name)} ] || exit 44
( : >> ${sysctlPath(name)} ) 2>/dev/null && echo w || echo r
cat ${sysctlPath(name)} 2>/dev/null || :`,
  reads: ({ name }) => [resource.sysctl(name)],
  parse: ({ stdout, status }): SysctlValue => {
    if (status !== 0) return { exists: false, value: '', writable: false };
    const [writable = '', ...lines] = stdout.split('\n');
    return { exists: true, value: plainSysctl(lines.join('\n')), writable: writable === 'w' };
  },
  absent: { exists: false, value: '', writable: false },
  cost: 'cheap',
});

/** The one spelling of a name: `net/ipv4/ip_forward` and `net.ipv4.ip_forward` are the same parameter; a slash keeps a dot (`net/ipv4/conf/eth0.1`). */
export function canonicalSysctl(name: string): string {
  return usesSlashes(name)
    ? name
        .split('/')
        .map(part => part.replaceAll('.', '/'))
        .join('.')
    : name;
}

/** Where a parameter lies, by its canonical name: between dots, a slash stands for a dot. */
export function sysctlPath(name: string): string {
  return `/proc/sys/${name
    .split('.')
    .map(part => part.replaceAll('/', '.'))
    .join('/')}`;
}

/** A value as it is compared: words parted by one space. */
export function plainSysctl(value: string): string {
  return value.trim().split(/\s+/).join(' ');
}

function usesSlashes(name: string): boolean {
  const dot = name.indexOf('.');
  const slash = name.indexOf('/');
  return slash >= 0 && (dot < 0 || slash < dot);
}
