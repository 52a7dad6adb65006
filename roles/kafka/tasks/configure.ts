// Tasks: the files a broker reads when it starts. None of them notifies: the cluster compares them with what each broker was started with.
import { expr, fileTemplate, recordsStart, systemdUnit, task } from '../../../src/index.ts';
import type { RoleHost, RoleTask } from '../../../src/index.ts';
import { startFiles } from '../layout.ts';
import type { KafkaVars, Layout } from '../layout.ts';
import type { Member } from '../modules/members.ts';
import { settingsOf } from '../settings.ts';
import { UPGRADE_STATE } from './upgrade.ts';

/** Writes server.properties, the logging configuration and the unit. @throws Error with words for a person */
export function configure(vars: KafkaVars, layout: Layout, brokers: readonly Member[], host: RoleHost): readonly RoleTask[] {
  return [
    task(
      'server.properties is written',
      fileTemplate,
      // Further settings may hold passwords.
      { src: 'server.properties.hbs', dest: layout.properties, owner: 'root', group: vars.kafka_user, mode: '0640' },
      { vars: { sections: settingsOf(vars, layout, brokers, host), protocol: expr<string>(`{{ ${UPGRADE_STATE}.protocol }}`) } },
    ),
    task('the logging configuration is written', fileTemplate, { src: layout.logging.template, dest: layout.logging.file, mode: '0644' }),
    task('the unit is written', systemdUnit, { name: layout.unit, src: 'kafka.service.hbs' }, { vars: unitVariables(vars, layout) }),
  ];
}

function unitVariables(vars: KafkaVars, layout: Layout): Readonly<Record<string, unknown>> {
  return {
    with_zookeeper: layout.mode === 'zookeeper',
    home_dir: layout.home,
    properties: layout.properties,
    logging_option: layout.logging.option,
    java_options: vars.kafka_java_options.join(' '),
    records_start: recordsStart(layout.unit, startFiles(layout), [vars.kafka_java_home]),
  };
}
