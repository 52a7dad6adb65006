// Tasks: the unit starts at boot, the cluster forms once and runs with its present files, and keeps what is described of it.
import { systemdService, task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import type { ClusterParams } from '../cluster-params.ts';
import { startFiles } from '../layout.ts';
import type { ElasticsearchVars, Layout } from '../layout.ts';
import { esBootstrap } from '../modules/bootstrap.ts';
import { esIndexTemplate } from '../modules/index-template.ts';
import type { Member } from '../modules/members.ts';
import { esNodes } from '../modules/nodes.ts';
import { esSettingsModule } from '../modules/settings.ts';

/** Starting and restarting is the cluster's business: one node must not act alone. */
export function service(vars: ElasticsearchVars, layout: Layout, cluster: ClusterParams, own: Member): readonly RoleTask[] {
  const { members, authorization, data } = cluster;
  const voters = { members, authorization, data, file: layout.bootstrap } as const;
  const at = { address: own.address, port: own.port } as const;
  const once = { runOnce: true } as const;
  return [
    task('elasticsearch starts at boot', systemdService, { name: layout.unit, enabled: true }),
    task('a cluster that has never formed has its first voters named', esBootstrap, { ...voters, state: 'begun' }),
    keepRunning('the nodes run', vars, layout, cluster),
    task('a cluster that has formed does not form again', esBootstrap, { ...voters, state: 'over' }),
    ...(Object.keys(vars.elasticsearch_settings).length === 0
      ? []
      : [
          task(
            'the settings of the cluster are as described',
            esSettingsModule,
            { at, authorization, persistent: vars.elasticsearch_settings },
            once,
          ),
        ]),
    ...Object.entries(vars.elasticsearch_index_templates).map(([name, body]) =>
      task(`index template ${name} is there`, esIndexTemplate, { at, authorization, name, body }, once),
    ),
  ];
}

/** Starts what does not run and rolls what runs with older files. */
export function keepRunning(name: string, vars: ElasticsearchVars, layout: Layout, cluster: ClusterParams): RoleTask {
  const { members, authorization, unit, cluster: clusterName, version } = cluster;
  const java = vars.elasticsearch_java_home;
  return task(name, esNodes, {
    members,
    unit,
    files: startFiles(layout),
    ...(java !== undefined && { links: [java] }),
    authorization,
    cluster: clusterName,
    version,
    deadline: vars.elasticsearch_deadline,
    force: vars.elasticsearch_roll_force,
  });
}
