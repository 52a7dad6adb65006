// Tasks: the files an instance reads when it starts. None of them notifies: the cluster compares them with what each was started with.
import { fileTemplate, isAtLeast, recordsStart, systemdUnit, task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import { furtherSettings } from '../further-settings.ts';
import { BUS, isLoopback } from '../instances-of.ts';
import { layoutOf, startFiles, TEMPLATE_UNIT } from '../layout.ts';
import type { RedisVars } from '../layout.ts';
import type { Member } from '../modules/members.ts';
import { programOf } from '../program.ts';

/** Writes redis.conf of each instance, and the unit that all of them are made of. @throws Error with words for a person */
export function configure(vars: RedisVars, own: readonly Member[]): readonly RoleTask[] {
  const disablesHugePages = isAtLeast(vars.redis_cluster_version, '6.2');
  const common = {
    has_password: vars.redis_cluster_password !== undefined,
    decides_replicas: isAtLeast(vars.redis_cluster_version, '6.2'),
    disables_huge_pages: disablesHugePages,
    further: furtherSettings(vars),
  };
  const template = layoutOf(vars, '%i');
  const program = programOf(vars);
  return [
    ...own.map((member, index) =>
      task(
        `redis.conf of instance ${index + 1} is written`,
        fileTemplate,
        { src: 'redis.conf.hbs', dest: layoutOf(vars, member.port).conf, owner: 'root', group: vars.redis_cluster_user, mode: '0640' },
        { vars: { ...common, instance: settingsOf(vars, member) } },
      ),
    ),
    task(
      'the unit of the instances is written',
      systemdUnit,
      { name: TEMPLATE_UNIT, src: 'redis@.service.hbs' },
      {
        vars: {
          conf: template.conf,
          disables_huge_pages: disablesHugePages,
          server: program.server,
          records_start: recordsStart(template.unit, startFiles(template), program.links),
        },
      },
    ),
  ];
}

function settingsOf(vars: RedisVars, { address, port }: Member): Readonly<Record<string, string | number>> {
  const { data, nodes } = layoutOf(vars, port);
  // What runs on the host itself may ask it there.
  const bind = isLoopback(address) ? address : `${address} 127.0.0.1`;
  return { port, bus_port: port + BUS, address, bind, data, nodes };
}
