// Tasks: kernel parameters, the user, the folders, the program and its keystore. They belong to root; the node may write its data and logs only.
import { archiveUnpack, fileDirectory, group, sysctl, task, user } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import type { ElasticsearchVars, Layout } from '../layout.ts';
import { esKeystore } from '../modules/keystore.ts';

/** Everything up to a program that could be started. A newer version lies beside the older one, which still runs. */
export function install(vars: ElasticsearchVars, layout: Layout): readonly RoleTask[] {
  const owner = vars.elasticsearch_user;
  const program = [...new Set([vars.elasticsearch_base, layout.home])];
  const data = [...new Set([layout.data, vars.elasticsearch_log_dir])];
  return [
    ...Object.entries(vars.elasticsearch_sysctls).map(([name, value]) =>
      task(`${name} is ${String(value)}`, sysctl, { name, value, file: '/etc/sysctl.d/60-elasticsearch.conf' }),
    ),
    task('the group of the node exists', group, { name: owner, system: true }),
    task('the user of the node exists', user, {
      name: owner,
      group: owner,
      system: true,
      home: vars.elasticsearch_base,
      create_home: false,
      shell: '/usr/sbin/nologin',
    }),
    ...program.map(path => task(`${path} exists`, fileDirectory, { path, owner: 'root', group: 'root', mode: '0755', parents: true })),
    task('elasticsearch is unpacked', archiveUnpack, {
      src: layout.url,
      dest: layout.home,
      strip: 1,
      owner: 'root',
      group: 'root',
      checksum: layout.checksum,
    }),
    task(`${layout.config} exists`, fileDirectory, { path: layout.config, owner: 'root', group: owner, mode: '0750' }),
    ...data.map(path => task(`${path} exists`, fileDirectory, { path, owner, group: owner, mode: '0750', parents: true })),
    task('the keystore is there', esKeystore, {
      home: layout.home,
      config: layout.config,
      version: layout.version,
      java: vars.elasticsearch_java_home ?? '',
      group: owner,
      ...(vars.elasticsearch_security && vars.elasticsearch_password !== undefined && { password: vars.elasticsearch_password }),
    }),
  ];
}
