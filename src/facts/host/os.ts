// `facts.os`: which operating system, release and kernel the host runs.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { readAssignments } from './assignments.ts';

/** The operating system. Texts are empty where the host does not say. */
export interface HostOs {
  readonly family: 'debian' | 'redhat' | 'alpine' | 'suse' | 'arch' | 'esxi' | 'other';
  /** As in os-release: `debian`, `ubuntu`, `rocky`. */
  readonly name: string;
  /** `12`, `24.04`, `9.4`. */
  readonly version: string;
  /** `bookworm`. */
  readonly codename: string;
  /** `uname -r`. */
  readonly kernel: string;
  /** `uname -m`: `x86_64`, `aarch64`. */
  readonly arch: string;
  /** The same as Debian and most downloads spell it: `amd64`, `arm64`. */
  readonly arch_alias: string;
}

const FAMILIES: readonly (readonly [HostOs['family'], readonly string[]])[] = [
  ['debian', ['debian', 'ubuntu']],
  ['redhat', ['rhel', 'fedora', 'centos', 'rocky', 'almalinux', 'ol', 'amzn']],
  ['alpine', ['alpine']],
  ['suse', ['suse', 'sles', 'opensuse']],
  ['arch', ['arch']],
];
const ALIASES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', armv7l: 'armhf', ppc64le: 'ppc64el' };

export const hostOs = defineFact({
  name: 'host.os',
  summary: 'the operating system: family, name, version, codename, kernel, arch, arch_alias',
  probe: () => rawShell('uname -s; uname -r; uname -m; cat /etc/os-release /usr/lib/os-release 2>/dev/null || :'),
  reads: () => [],
  parse: ({ stdout }): HostOs => {
    const [system = '', kernel = '', arch = '', ...release] = stdout.split('\n');
    const says = readAssignments(release);
    const name = system === 'VMkernel' ? 'esxi' : (says.get('ID') ?? system.toLowerCase());
    const relatives = [name, ...(says.get('ID_LIKE') ?? '').split(' ')];
    const family = name === 'esxi' ? 'esxi' : (FAMILIES.find(([, names]) => names.some(each => relatives.includes(each)))?.[0] ?? 'other');
    const version = says.get('VERSION_ID') ?? (name === 'esxi' ? kernel : '');
    return { family, name, version, codename: says.get('VERSION_CODENAME') ?? '', kernel, arch, arch_alias: ALIASES[arch] ?? arch };
  },
  absent: { family: 'other', name: '', version: '', codename: '', kernel: '', arch: '', arch_alias: '' },
  cost: 'cheap',
});
