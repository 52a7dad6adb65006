// Tasks: the files a node reads when it starts. None of them notifies: the cluster compares them with what each node was started with.
import { expr, fileTemplate, recordsStart, systemdUnit, task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import { startFiles } from '../layout.ts';
import type { ElasticsearchVars, Layout } from '../layout.ts';
import type { Member } from '../modules/members.ts';
import { settingsOf } from '../settings.ts';

/** Half of the memory in MB; beyond 31 GB pointers of the JVM would take twice the room. */
const HALF = expr<number>('{{ min 31744 (div facts.memory.total 2097152) }}');

/** Writes elasticsearch.yml, jvm.options, the logging configuration and the unit. @throws Error with words for a person */
export function configure(vars: ElasticsearchVars, layout: Layout, nodes: readonly Member[], own: Member): readonly RoleTask[] {
  const readable = { owner: 'root', group: vars.elasticsearch_user, mode: '0640' } as const;
  return [
    task(
      'elasticsearch.yml is written',
      fileTemplate,
      { src: 'elasticsearch.yml.hbs', dest: layout.settings, ...readable },
      { vars: { sections: settingsOf(vars, layout, nodes, own) } },
    ),
    task(
      'jvm.options is written',
      fileTemplate,
      { src: 'jvm.options.hbs', dest: layout.jvmOptions, ...readable },
      { vars: { heap: vars.elasticsearch_heap ?? HALF } },
    ),
    task('the logging configuration is written', fileTemplate, { src: 'log4j2.properties.hbs', dest: layout.logging, ...readable }),
    ...(layout.authorization === ''
      ? []
      : [
          task('tsplay can log in', fileTemplate, {
            src: 'authorization.hbs',
            dest: layout.authorization,
            owner: 'root',
            group: 'root',
            mode: '0600',
          }),
        ]),
    task(
      'the unit is written',
      systemdUnit,
      { name: layout.unit, src: 'elasticsearch.service.hbs' },
      { vars: unitVariables(vars, layout) },
    ),
  ];
}

function unitVariables({ elasticsearch_java_home: java }: ElasticsearchVars, layout: Layout): Readonly<Record<string, unknown>> {
  return {
    home_dir: layout.home,
    config_dir: layout.config,
    bootstrap_file: layout.bootstrap,
    java_setting: java === undefined ? '' : `${layout.javaVariable}=${java}`,
    records_start: recordsStart(layout.unit, startFiles(layout), java === undefined ? [] : [java]),
  };
}
