// Tasks: the files a server reads when it starts. None of them notifies: the ensemble compares them with what it was started with.
import { fileCopy, fileTemplate, isAtLeast, recordsStart, systemdUnit, task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import { furtherSettings } from '../further-settings.ts';
import { startFiles } from '../layout.ts';
import type { Layout, ZookeeperVars } from '../layout.ts';
import type { Member } from '../modules/members.ts';

/** Writes zoo.cfg, java.env, the logging configuration, myid and the unit. @throws Error with words for a person */
export function configure(vars: ZookeeperVars, layout: Layout, servers: readonly Member[], id: number): readonly RoleTask[] {
  const owner = vars.zookeeper_user;
  return [
    task('myid is written', fileCopy, { dest: layout.myid, content: `${id}\n`, owner, group: owner, mode: '0644' }),
    task(
      'zoo.cfg is written',
      fileTemplate,
      { src: 'zoo.cfg.hbs', dest: layout.zooCfg, mode: '0644' },
      { vars: settings(vars, layout, servers) },
    ),
    task(
      'java.env is written',
      fileTemplate,
      { src: 'java.env.hbs', dest: layout.javaEnv, mode: '0644' },
      { vars: { server_options: serverOptions(vars, layout) } },
    ),
    task('the logging configuration is written', fileTemplate, { src: layout.logging.template, dest: layout.logging.file, mode: '0644' }),
    task('the unit is written', systemdUnit, { name: layout.unit, src: 'zookeeper.service.hbs' }, { vars: unitVariables(vars, layout) }),
  ];
}

function settings(vars: ZookeeperVars, layout: Layout, servers: readonly Member[]): Readonly<Record<string, unknown>> {
  const has = (key: string): boolean => key in vars.zookeeper_config;
  return {
    data_dir: layout.dataDir,
    data_log_dir: layout.dataLogDir,
    admin_server_off: isAtLeast(vars.zookeeper_version, '3.5') && !has('admin.enableServer') && !has('admin.serverPort'),
    further: furtherSettings(vars),
    // A single server is no ensemble: with one server line 3.4 complains, and starts alone all the same.
    peers: servers.length < 2 ? [] : servers.map(server => ({ id: server.id, at: peerAddress(vars, server) })),
  };
}

function peerAddress(vars: ZookeeperVars, { name, address }: Member): string {
  const host = vars.zookeeper_peers_by === 'name' ? name : address;
  return `${host.includes(':') ? `[${host}]` : host}:${vars.zookeeper_peer_port}:${vars.zookeeper_election_port}`;
}

// The last option of a kind wins, so that these stand behind the heap that zkEnv.sh of 3.5 and later puts in front.
function serverOptions({ zookeeper_heap, zookeeper_java_options }: ZookeeperVars, { logging }: Layout): string {
  return [`-Xms${zookeeper_heap}m`, `-Xmx${zookeeper_heap}m`, logging.option, ...zookeeper_java_options].join(' ');
}

function unitVariables({ zookeeper_java_home }: ZookeeperVars, layout: Layout): Readonly<Record<string, unknown>> {
  const records = recordsStart(layout.unit, startFiles(layout), [zookeeper_java_home]);
  return { home_dir: layout.home, conf_dir: layout.conf, records_start: records };
}
