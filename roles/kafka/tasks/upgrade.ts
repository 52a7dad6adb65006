// Task: looks at what the brokers run before anything is touched, and finds the protocol that all of them understand meanwhile.
import { task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import type { ClusterParams } from '../cluster-params.ts';
import type { KafkaVars, Layout } from '../layout.ts';
import { kafkaUpgrade } from '../modules/upgrade.ts';

/** The registered result of the look: `protocol` is what server.properties says, or empty. */
export const UPGRADE_STATE = 'kafka_upgrade_state';

/** Comes first: a refusal leaves everything as it was. */
export function guardUpgrade(vars: KafkaVars, layout: Layout, { members, unit, ask }: ClusterParams): RoleTask {
  return task(
    'the brokers can take this version',
    kafkaUpgrade,
    {
      members,
      unit,
      home: layout.home,
      version: ask.version,
      mode: ask.mode,
      stage: vars.kafka_upgrade,
      ...(vars.kafka_protocol_version !== undefined && { protocol: vars.kafka_protocol_version }),
    },
    { register: UPGRADE_STATE },
  );
}
