// Module: waits until the cluster has noticed that brokers are out, or is whole again. Used by `--chaos`, with a deadline that is the promise.
import { defineClusterModule, listed, unitState, unmet } from '../../../src/index.ts';
import { kafkaQuorum } from '../facts/quorum.ts';
import { kafkaTopics } from '../facts/topics.ts';
import { degradedInWords, isDegraded, waitUntilDegraded } from './await-degraded.ts';
import { waitUntilWhole } from './await-whole.ts';
import { healed } from './brokers-after.ts';
import { hopeOf, isWhole, troubleOf } from './check-whole.ts';
import { ASK, ASK_YAML, MEMBERS, UNIT } from './members.ts';
import { askOne, runningOf } from './running.ts';

export const kafkaAwait = defineClusterModule({
  name: 'kafka.await',
  summary: 'Wait until a Kafka cluster does without the brokers that are stopped, or is whole again',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      state: {
        type: 'string',
        enum: ['degraded', 'whole'],
        description:
          'degraded: every partition is led by a broker that runs, and those of a stopped one are under-replicated; whole: nothing is missing',
      },
      topic: { type: 'string', description: 'degraded: look at this topic only; default: at all' },
      unit: UNIT,
      ask: ASK,
      deadline: { type: 'integer', minimum: 1, default: 60, description: 'seconds it may take' },
    },
    required: ['members', 'state', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Nothing is unavailable although a broker is stopped',
      yaml: `- name: the others lead its partitions
  kafka.await:
    state: degraded
    topic: LvsKafka
    members: [{ name: server1, id: 0, address: 192.168.11.128, port: 19092 }]
${ASK_YAML}`,
    },
  ],
  members: p => p.members.map(member => member.name),
  facts: p => ({ unit: unitState({ unit: p.unit }) }),
  whole: (p, have) => askOne(p.members, have, { quorum: p.state === 'whole' ? kafkaQuorum(p.ask) : undefined, topics: kafkaTopics(p.ask) }),
  changes: (p, have, { whole }) => {
    const running = runningOf(p.members, have);
    const [on] = running;
    if (whole === undefined || on === undefined) return [unmet('no broker runs')];
    const { ask, unit, deadline, members } = p;
    const { quorum, topics } = whole;
    if (quorum === undefined) {
      const stopped = members.filter(member => !running.includes(member));
      if (stopped.length === 0) return [unmet('all brokers run, so nothing is degraded')];
      if (topics.says === '' && isDegraded(topics, stopped, p.topic)) return [];
      return [waitUntilDegraded({ ask, on: on.name, stopped, topic: p.topic, deadline, topics })];
    }
    if (quorum.says !== '' || topics.says !== '')
      return [waitUntilWhole({ for: 'Kafka to answer', ask, members, on, unit, deadline, sets: [] })];
    const trouble = troubleOf({ quorum, topics }, members);
    if (isWhole(trouble)) return [];
    const after = { ...quorum, brokers: members.map(({ id }) => id).sort((a, b) => a - b), controller: quorum.controller ?? on.id };
    const sets = [
      kafkaQuorum(ask).becomes(after, 'all brokers register'),
      kafkaTopics(ask).becomes(healed(topics), 'all partitions are in sync again'),
    ];
    return [waitUntilWhole({ for: hopeOf(trouble), ask, members, on, unit, deadline, sets })];
  },
  says: (p, have, _ran, { whole }) => {
    if (whole === undefined || whole.topics.says !== '') return undefined;
    if (p.state === 'degraded') return degradedInWords(whole.topics, p.topic);
    return `${listed(runningOf(p.members, have).map(({ name }) => name))} are registered, no partition is under-replicated`;
  },
});
