// Tasks: the user, the folders and the program. The program belongs to root; the broker may write its messages and logs only.
import { archiveUnpack, fileDirectory, group, hostsEntries, sysctl, task, user } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import { PROPERTIES } from '../layout.ts';
import type { KafkaVars, Layout } from '../layout.ts';
import type { Member } from '../modules/members.ts';

/** Everything up to a program that could be started. A newer version lies beside the older one, which still runs. */
export function install(vars: KafkaVars, layout: Layout, brokers: readonly Member[]): readonly RoleTask[] {
  const owner = vars.kafka_user;
  const program = [...new Set([vars.kafka_base, layout.home])];
  return [
    ...nameBrokers(vars, brokers),
    ...Object.entries(vars.kafka_sysctls).map(([name, value]) =>
      task(`${name} is ${String(value)}`, sysctl, { name, value, file: '/etc/sysctl.d/60-kafka.conf' }),
    ),
    task('the group of the broker exists', group, { name: owner, system: true }),
    task('the user of the broker exists', user, {
      name: owner,
      group: owner,
      system: true,
      home: vars.kafka_base,
      create_home: false,
      shell: '/usr/sbin/nologin',
    }),
    ...program.map(path => task(`${path} exists`, fileDirectory, { path, owner: 'root', group: 'root', mode: '0755', parents: true })),
    task('kafka is unpacked', archiveUnpack, {
      src: layout.url,
      dest: layout.home,
      strip: 1,
      leave: [PROPERTIES],
      owner: 'root',
      group: 'root',
      checksum: layout.checksum,
    }),
    ...[...layout.logDirs, vars.kafka_log_dir].map(path =>
      task(`${path} exists`, fileDirectory, { path, owner, group: owner, mode: '0750', parents: true }),
    ),
  ];
}

function nameBrokers({ kafka_hosts_entries }: KafkaVars, brokers: readonly Member[]): readonly RoleTask[] {
  const entries = brokers.filter(({ address }) => isAddress(address)).map(({ name, address }) => ({ address, names: [name] }));
  return kafka_hosts_entries && entries.length > 0 ? [task('the brokers know each other by name', hostsEntries, { entries })] : [];
}

function isAddress(text: string): boolean {
  return /^\d+(\.\d+){3}$/.test(text) || text.includes(':');
}
