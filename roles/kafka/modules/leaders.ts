// Module: sees to it that every partition is led by its preferred replica, as it is when no broker has been away.
import { change, defineClusterModule, run, unitState, unmet } from '../../../src/index.ts';
import { kafkaTopics } from '../facts/topics.ts';
import { CLUSTER } from '../facts/types.ts';
import { nameSome, partitionsOf } from './check-whole.ts';
import { preferred } from './brokers-after.ts';
import { electPreferredLeaders } from './leaders-script.ts';
import { ASK, ASK_YAML, MEMBERS, UNIT } from './members.ts';
import { askOne } from './running.ts';

export const kafkaLeaders = defineClusterModule({
  name: 'kafka.leaders',
  summary: 'Let every partition be led by its preferred replica',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      unit: UNIT,
      ask: ASK,
    },
    required: ['members', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Spread the load again after a broker was away',
      yaml: `- name: the preferred replicas lead
  kafka.leaders:
    members: [{ name: server1, id: 0, address: 192.168.11.128, port: 19092 }]
${ASK_YAML}`,
    },
  ],
  members: p => p.members.map(member => member.name),
  facts: p => ({ unit: unitState({ unit: p.unit }) }),
  whole: (p, have) => askOne(p.members, have, { topics: kafkaTopics(p.ask) }),
  changes: (p, _have, { whole, speaker }) => {
    if (whole === undefined || speaker === undefined) return [unmet('no broker runs, start them first')];
    const { topics } = whole;
    if (topics.says !== '') return [unmet(`the topics cannot be listed: ${topics.says}`, speaker)];
    const partitions = partitionsOf(topics);
    const away = partitions.filter(({ replicas, isr }) => !isr.includes(replicas[0] ?? -1));
    if (away.length > 0)
      return [unmet(`${nameSome('partition', away)} cannot be led by the preferred replica, which is not in sync`, speaker)];
    if (partitions.every(({ leader, replicas }) => leader === replicas[0])) return [];
    return [
      change('leaders', 'moved', 'preferred', {
        actions: [run(electPreferredLeaders(p.ask))],
        sets: [kafkaTopics(p.ask).becomes(preferred(topics))],
        touches: [CLUSTER],
        on: speaker,
      }),
    ];
  },
});
