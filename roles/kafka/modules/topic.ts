// Module: keeps one topic with its partitions, replicas and settings. It makes and enlarges, and never takes a message away.
import { defineClusterModule, listed, unitState, unmet } from '../../../src/index.ts';
import { kafkaTools } from '../facts/tools.ts';
import { kafkaTopics } from '../facts/topics.ts';
import type { Topic } from '../facts/types.ts';
import { ASK, MEMBERS, UNIT } from './members.ts';
import type { Member } from './members.ts';
import { askOne, runningOf } from './running.ts';
import { topicSteps } from './topic-steps.ts';

export const kafkaTopic = defineClusterModule({
  name: 'kafka.topic',
  summary: 'Keep a topic with its partitions, replicas and settings',
  params: {
    type: 'object',
    properties: {
      name: {
        type: 'string',
        pattern: '^(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}$',
        description: 'name of the topic: letters, digits, and . _ -',
      },
      partitions: { type: 'integer', minimum: 1, default: 1, description: 'number of partitions; may grow later, never shrink' },
      replication_factor: { type: 'integer', minimum: 1, description: 'copies of each partition; may grow and shrink' },
      config: {
        type: 'object',
        additionalProperties: { type: ['string', 'number', 'boolean'] },
        default: {},
        description: 'settings of the topic, such as retention.ms; others are left as they are',
      },
      members: MEMBERS,
      unit: UNIT,
      ask: ASK,
      deadline: {
        type: 'integer',
        minimum: 1,
        default: 300,
        description: 'seconds until partitions have leaders, and new replicas all messages',
      },
    },
    required: ['name', 'replication_factor', 'members', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'A topic with a copy on two of three brokers',
      yaml: `- name: topic orders
  kafka.topic:
    name: orders
    partitions: 24
    replication_factor: 2
    config: { retention.ms: 604800000 }
    members: [{ name: server1, id: 1, address: 192.168.11.128, port: 19092 }]
    ask:
      home: /opt/kafka/kafka_2.11-2.2.0
      java_home: /usr/local/java
      version: 2.2.0
      mode: zookeeper
      bootstrap: ['192.168.11.128:19092']
      zookeeper: 192.168.11.128:12181
`,
    },
  ],
  // Replicas and settings, then partitions, which are made with the new number of replicas, and the last look.
  rounds: () => 2,
  members: p => p.members.map(member => member.name),
  facts: p => ({ unit: unitState({ unit: p.unit }) }),
  whole: (p, have) =>
    askOne(p.members, have, { topics: kafkaTopics(p.ask), tools: kafkaTools({ home: p.ask.home, java_home: p.ask.java_home }) }),
  changes: (p, have, { whole, speaker }) => {
    if (whole === undefined || speaker === undefined) return [unmet(nobodyRuns(p.name, p.members, p.unit))];
    const { says } = whole.topics;
    const words = whole.topics.says === '' || whole.tools ? says : `${says} (${p.ask.home} or ${p.ask.java_home} is not whole)`;
    return topicSteps(p, { topics: { ...whole.topics, says: words }, speaker, running: runningOf(p.members, have) });
  },
  result: (p, _have, _ran, { whole }) => {
    const topic = whole?.topics.topics[p.name];
    return topic === undefined
      ? null
      : { name: p.name, partitions: topic.partitions.length, replication_factor: Math.min(...replicasOf(topic)) };
  },
  says: (p, _have, _ran, { whole }) => {
    const topic = whole?.topics.topics[p.name];
    if (topic === undefined) return undefined;
    const warning = p.name.includes('.') && p.name.includes('_') ? '; a name with both . and _ is asking for trouble with metrics' : '';
    return sizeOf(topic) + warning;
  },
});

function nobodyRuns(topic: string, members: readonly Member[], unit: string): string {
  return `topic ${topic} cannot be looked at: no broker of ${listed(members.map(({ name }) => name))} runs, start them first (systemctl start ${unit})`;
}

function replicasOf({ partitions }: Topic): readonly number[] {
  return partitions.map(({ replicas }) => replicas.length);
}

function sizeOf(topic: Topic): string {
  const counts = replicasOf(topic);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const partitions = counts.length === 1 ? '1 partition' : `${counts.length} partitions`;
  const replicas = least === most ? String(least) : `${least} to ${most}`;
  return `${partitions}, ${replicas} ${most === 1 ? 'replica' : 'replicas'}${counts.length === 1 ? '' : ' each'}`;
}
