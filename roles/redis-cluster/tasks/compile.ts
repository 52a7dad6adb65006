// Tasks: the program from the project's own archive, compiled where it runs. It belongs to root; what is compiled lies beside what runs.
import { archiveUnpack, command, fileDirectory, fileLink, group, packageModule, task, user } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import type { RedisVars } from '../layout.ts';
import type { Compiled } from '../program.ts';

/** An hour: one slow core, and an allocator that is compiled along. */
const COMPILING_SECONDS = 3600;

export function compile(vars: RedisVars, { url, checksum, source, home, link }: Compiled): readonly RoleTask[] {
  const name = vars.redis_cluster_user;
  const root = { owner: 'root', group: 'root' };
  return [
    task('what compiles is installed', packageModule, {
      names: ['gcc', 'libc6-dev', 'make'],
      provides: { commands: ['gcc', 'make'] },
    }),
    task('the group of the instances exists', group, { name, system: true }),
    task('the user of the instances exists', user, {
      name,
      group: name,
      system: true,
      home: vars.redis_cluster_base,
      create_home: false,
      shell: '/usr/sbin/nologin',
    }),
    task('the folder of the source exists', fileDirectory, { path: source, ...root, mode: '0755', parents: true }),
    task('the source is unpacked', archiveUnpack, {
      src: url,
      dest: source,
      strip: 1,
      // Compiling writes them anew.
      leave: ['deps/jemalloc/VERSION', 'src/release.c'],
      ...root,
      ...(checksum !== undefined && { checksum }),
    }),
    task('redis is compiled', command, {
      argv: ['make', '-C', `${source}/src`, ...vars.redis_cluster_make, `PREFIX=${home}`, 'install'],
      // The last that is installed: a build that broke off goes on.
      creates: `${home}/bin/redis-sentinel`,
      touches: [source, home],
      timeout: COMPILING_SECONDS,
    }),
    task('the program is linked', fileLink, { path: link, target: home }),
    task('redis-cli is found', fileLink, { path: '/usr/local/bin/redis-cli', target: `${link}/bin/redis-cli` }),
  ];
}
