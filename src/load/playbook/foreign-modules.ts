// Ansible's modules that have several counterparts here, or none yet.

/** Where one word of Ansible became several here: said instead of the registry's one name. */
export const SEVERAL_NAMES: Readonly<Record<string, string>> = Object.freeze({
  file: 'file.directory, file.link, file.attributes or file.absent',
  copy: 'file.copy or file.duplicate',
});

/** Modules of ansible-core that nothing here stands for yet. */
export const WITHOUT_COUNTERPART: ReadonlySet<string> = new Set([
  'apt_key',
  'apt_repository',
  'assemble',
  'async_status',
  'cron',
  'deb822_repository',
  'debconf',
  'expect',
  'fetch',
  'find',
  'getent',
  'git',
  'hostname',
  'iptables',
  'known_hosts',
  'mount',
  'package_facts',
  'ping',
  'pip',
  'reboot',
  'rpm_key',
  'script',
  'service_facts',
  'subversion',
  'synchronize',
  'tempfile',
  'uri',
  'wait_for_connection',
  'yum_repository',
]);

/** A name without Ansible's collection. */
export function withoutCollection(name: string): string {
  return name.replace(/^(ansible|community)\.(builtin|posix|legacy|general)\./, '');
}
