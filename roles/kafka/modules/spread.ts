// Module: proves that a topic is as described and that its work is spread evenly over the brokers. Changes nothing.
import { defineClusterModule, unitState, unmet } from '../../../src/index.ts';
import { kafkaTopics } from '../facts/topics.ts';
import { ASK, ASK_YAML, MEMBERS, UNIT } from './members.ts';
import { askOne } from './running.ts';
import { spreadInWords, spreadProblem } from './spread-problem.ts';

export const kafkaSpread = defineClusterModule({
  name: 'kafka.spread',
  summary: 'Prove that a topic has its partitions and replicas, spread evenly over the brokers',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      topic: {
        type: 'object',
        properties: {
          name: { type: 'string', description: 'the topic' },
          partitions: { type: 'integer', minimum: 1, description: 'how many it should have' },
          replication_factor: { type: 'integer', minimum: 1, description: 'copies of each' },
        },
        required: ['name', 'partitions', 'replication_factor'],
        additionalProperties: false,
        description: 'what it should be',
      },
      unit: UNIT,
      ask: ASK,
    },
    required: ['members', 'topic', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Each of three brokers leads eight partitions',
      yaml: `- name: LvsKafka is spread evenly
  kafka.spread:
    topic: { name: LvsKafka, partitions: 24, replication_factor: 2 }
    members: [{ name: server1, id: 0, address: 192.168.11.128, port: 19092 }]
${ASK_YAML}`,
    },
  ],
  members: p => p.members.map(member => member.name),
  facts: p => ({ unit: unitState({ unit: p.unit }) }),
  whole: (p, have) => askOne(p.members, have, { topics: kafkaTopics(p.ask) }),
  changes: (p, _have, { whole, speaker }) => {
    if (whole === undefined || speaker === undefined) return [unmet('no broker runs, start them first')];
    const problem =
      whole.topics.says === '' ? spreadProblem(p.topic, whole.topics, p.members) : `the topics cannot be listed: ${whole.topics.says}`;
    return problem === undefined ? [] : [unmet(problem, speaker)];
  },
  says: (p, _have, _ran, { whole }) => {
    const found = whole?.topics.topics[p.topic.name];
    return found && spreadInWords(p.topic.name, found, p.members);
  },
});
