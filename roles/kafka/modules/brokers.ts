// Module: keeps a Kafka cluster running with its present files. First start together; later one by one, the controller last.
import { defineRollingModule, resource, ROLLING } from '../../../src/index.ts';
import type { Turn } from '../../../src/index.ts';
import { kafkaQuorum } from '../facts/quorum.ts';
import { kafkaTopics } from '../facts/topics.ts';
import { CLUSTER } from '../facts/types.ts';
import { preferred } from './brokers-after.ts';
import { gate } from './brokers-gate.ts';
import { settle, starting } from './brokers-settle.ts';
import { brokerFacts, isListening, memberOf, portsOf, wholeFacts } from './brokers-view.ts';
import type { Brokers, BrokersParams } from './brokers-view.ts';
import { electPreferredLeaders } from './leaders-script.ts';
import { ASK, ASK_YAML, MEMBERS } from './members.ts';

export const kafkaBrokers = defineRollingModule({
  name: 'kafka.brokers',
  summary: 'Keep every broker of a Kafka cluster running with its present files, restarting one at a time, the controller last',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      ...ROLLING,
      ask: ASK,
      dirs: { type: 'array', items: { type: 'string', kind: 'path' }, minItems: 1, description: 'log.dirs of the brokers' },
      force: {
        type: 'boolean',
        default: false,
        description: 'restart although topics with one copy become unavailable, or refuse writes, meanwhile',
      },
    },
    required: ['members', 'unit', 'files', 'ask', 'dirs'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Roll a cluster after a change of server.properties',
      yaml: `- name: the brokers run
  kafka.brokers:
    members: [{ name: server1, id: 0, address: 192.168.11.128, port: 19092 }]
    unit: kafka.service
    files: [/opt/kafka/kafka_2.11-2.2.0/config/server.properties]
    dirs: [/opt/kafka/kafkalogs]
${ASK_YAML}`,
    },
  ],
  facts: brokerFacts,
  whole: wholeFacts,
  order,
  // Without its port a broker takes nothing away when it is restarted, and its present files may be what mends it.
  isServing: isListening,
  isSettled: isListening,
  gate,
  settle,
  starting,
  touches: p => [
    ...portsOf(p.members).map(port => resource.port(port)),
    CLUSTER,
    ...p.dirs.map(dir => resource.path(`${dir}/meta.properties`)),
  ],
  finally: (p, { whole }) => ({
    attribute: 'leaders',
    from: 'moved',
    to: 'preferred',
    command: electPreferredLeaders(p.ask),
    sets:
      whole === undefined || whole.topics.says !== '' || whole.quorum.says !== ''
        ? []
        : [
            kafkaQuorum(p.ask).becomes(whole.quorum, 'the same brokers are registered'),
            kafkaTopics(p.ask).becomes(preferred(whole.topics), 'the preferred replicas lead'),
          ],
    touches: [CLUSTER],
  }),
});

/** By id; the controller last, so that it moves once and not with every turn. */
function order(p: Pick<BrokersParams, 'members'>, { present, whole }: Brokers): readonly Turn[] {
  const controller = whole?.quorum.controller ?? null;
  const turns = present.map(({ name }) => ({ name, id: memberOf(p, name).id })).sort((a, b) => a.id - b.id);
  return [
    ...turns.filter(({ id }) => id !== controller).map(({ name }) => ({ member: name })),
    ...turns.filter(({ id }) => id === controller).map(({ name }) => ({ member: name, part: 'controller' })),
  ];
}
