// Tasks: the program (the package, whose own instance rests, or what is compiled), kernel parameters, and a folder for each instance. Redis may write its data only.
import { fileDirectory, packageModule, sysctl, systemdService, task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import { layoutOf } from '../layout.ts';
import type { RedisVars } from '../layout.ts';
import type { Member } from '../modules/members.ts';
import { programOf } from '../program.ts';
import { compile } from './compile.ts';

/** Everything up to a program that could be started. */
export function install(vars: RedisVars, own: readonly Member[]): readonly RoleTask[] {
  const user = vars.redis_cluster_user;
  const program = programOf(vars);
  return [
    ...Object.entries(vars.redis_cluster_sysctls).map(([name, value]) =>
      task(`${name} is ${String(value)}`, sysctl, { name, value, file: '/etc/sysctl.d/60-redis-cluster.conf' }),
    ),
    ...(program.method === 'source'
      ? compile(vars, program)
      : [
          task('redis is installed', packageModule, { name: 'redis-server' }),
          task("the package's own instance rests", systemdService, { name: 'redis-server.service', state: 'stopped', enabled: false }),
        ]),
    task('the folder of the instances exists', fileDirectory, {
      path: vars.redis_cluster_base,
      owner: 'root',
      group: 'root',
      mode: '0755',
      parents: true,
    }),
    ...own.flatMap(({ port }, index) => {
      const { folder, data } = layoutOf(vars, port);
      return [
        task(`instance ${index + 1} has a folder`, fileDirectory, { path: folder, owner: 'root', group: 'root', mode: '0755' }),
        task(`instance ${index + 1} has a folder for its data`, fileDirectory, { path: data, owner: user, group: user, mode: '0750' }),
      ];
    }),
  ];
}
