// Tasks: the user, the folders and the program. The program belongs to root; the server may write its data and logs only.
import { archiveUnpack, fileDirectory, group, hostsEntries, task, user } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import type { Layout, ZookeeperVars } from '../layout.ts';
import type { Member } from '../modules/members.ts';

/** Everything up to a program that could be started. */
export function install(vars: ZookeeperVars, layout: Layout, servers: readonly Member[]): readonly RoleTask[] {
  const owner = vars.zookeeper_user;
  const program = [...new Set([vars.zookeeper_base, layout.home])];
  const data = [...new Set([layout.dataDir, layout.dataLogDir, vars.zookeeper_log_dir])];
  return [
    ...nameServers(vars, servers),
    task('the group of the server exists', group, { name: owner, system: true }),
    task('the user of the server exists', user, {
      name: owner,
      group: owner,
      system: true,
      home: layout.userHome,
      create_home: layout.userHome !== vars.zookeeper_base,
      shell: vars.zookeeper_user_shell,
    }),
    ...program.map(path => task(`${path} exists`, fileDirectory, { path, owner: 'root', group: 'root', mode: '0755', parents: true })),
    task('zookeeper is unpacked', archiveUnpack, {
      src: layout.url,
      dest: layout.home,
      strip: 1,
      owner: 'root',
      group: 'root',
      checksum: layout.checksum,
    }),
    ...data.map(path => task(`${path} exists`, fileDirectory, { path, owner, group: owner, mode: '0750', parents: true })),
  ];
}

function nameServers({ zookeeper_hosts_entries }: ZookeeperVars, servers: readonly Member[]): readonly RoleTask[] {
  const entries = servers.filter(({ address }) => isAddress(address)).map(({ name, address }) => ({ address, names: [name] }));
  return zookeeper_hosts_entries && entries.length > 0 ? [task('the servers know each other by name', hostsEntries, { entries })] : [];
}

function isAddress(text: string): boolean {
  return /^\d+(\.\d+){3}$/.test(text) || text.includes(':');
}
