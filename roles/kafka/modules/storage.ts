// Module: gives the log dirs of a KRaft cluster their identity before its first start. What is formatted already is never formatted again.
import { defineClusterModule, isAbsent } from '../../../src/index.ts';
import { kafkaMeta } from '../facts/meta.ts';
import { MEMBERS } from './members.ts';
import { storageSteps } from './storage-steps.ts';
import type { StorageMember } from './storage-steps.ts';

export const kafkaStorage = defineClusterModule({
  name: 'kafka.storage',
  summary: 'Format the log dirs of a KRaft cluster that has never run',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      home: { type: 'string', kind: 'path', description: 'where Kafka is unpacked' },
      java_home: { type: 'string', kind: 'path', description: 'the Java its tools run with' },
      config: { type: 'string', kind: 'path', description: 'server.properties, which names the dirs and the voters' },
      dirs: { type: 'array', items: { type: 'string', kind: 'path' }, minItems: 1, description: 'log.dirs, in the same order' },
      cluster_id: {
        type: 'string',
        pattern: '^[A-Za-z0-9_-]{22}$',
        description: 'identity of the cluster: 22 letters, digits, - or _, as kafka-storage.sh random-uuid makes them',
      },
      user: { type: 'string', description: 'user the broker runs as, whose the files will be' },
      format_replaced: {
        type: 'array',
        items: { type: 'string' },
        default: [],
        description: 'members whose empty dirs are formatted although the cluster has run: their disk was replaced',
      },
    },
    required: ['members', 'home', 'java_home', 'config', 'dirs', 'cluster_id', 'user'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Prepare three brokers that keep the metadata themselves',
      yaml: `- name: the log dirs belong to the cluster
  kafka.storage:
    members: [{ name: server1, id: 1, address: 192.168.11.128, port: 19092 }]
    home: /opt/kafka/kafka_2.13-3.9.1
    java_home: /usr/local/java
    config: /opt/kafka/kafka_2.13-3.9.1/config/server.properties
    dirs: [/opt/kafka/kafkalogs]
    cluster_id: MkU3OEVBNTcwNTJENDM2Qg
    user: kafka
`,
    },
  ],
  members: p => p.members.map(member => member.name),
  facts: p => ({ meta: kafkaMeta({ dirs: p.dirs }) }),
  changes: (p, have) => {
    const members = p.members.map(({ name, id }): StorageMember => {
      const answer = have.get(name);
      return { name, id, meta: answer === undefined || isAbsent(answer) ? undefined : answer.meta };
    });
    return storageSteps(p, members);
  },
});
