// Module: proves that a Kafka cluster is whole. Changes nothing; what is wrong names the server.
import { defineClusterModule, isAbsent, listed, portListening, unitState, unmet } from '../../../src/index.ts';
import { kafkaQuorum } from '../facts/quorum.ts';
import { kafkaRunning } from '../facts/running.ts';
import { kafkaTopics } from '../facts/topics.ts';
import { portsOf } from './brokers-view.ts';
import { problemsOf } from './check-problems.ts';
import type { SeenBroker } from './check-problems.ts';
import { isWhole, troubleOf } from './check-whole.ts';
import { ASK, ASK_YAML, MEMBERS, UNIT } from './members.ts';
import { askOne } from './running.ts';

export const kafkaCheck = defineClusterModule({
  name: 'kafka.check',
  summary: 'Prove that all brokers are registered, one is the controller, and every partition is led and in sync',
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
      title: 'The cluster is whole',
      yaml: `- name: the cluster is whole
  kafka.check:
    members: [{ name: server1, id: 0, address: 192.168.11.128, port: 19092 }]
${ASK_YAML}`,
    },
  ],
  members: p => p.members.map(member => member.name),
  facts: p => ({
    unit: unitState({ unit: p.unit }),
    running: kafkaRunning({ unit: p.unit }),
    ports: portsOf(p.members).map(port => portListening({ port })),
  }),
  whole: (p, have) => askOne(p.members, have, { quorum: kafkaQuorum(p.ask), topics: kafkaTopics(p.ask) }),
  changes: (p, have, { whole }) => {
    const seen = p.members.map((member): SeenBroker => {
      const answer = have.get(member.name);
      if (answer === undefined || isAbsent(answer)) return { ...member, away: answer?.unreachable ?? 'it is not in the play' };
      const { unit, running, ports } = answer;
      return {
        ...member,
        active: unit.active,
        version: running,
        listening: ports[portsOf(p.members).indexOf(member.port)]?.listening === true,
      };
    });
    const problems = problemsOf(seen, whole, { unit: p.unit, version: p.ask.version });
    return problems.length === 0 ? [] : [unmet(problems.map(({ words }) => words).join('; '), problems[0]?.on)];
  },
  says: (p, _have, _ran, { whole }) => {
    if (whole === undefined || !isWhole(troubleOf(whole, p.members))) return undefined;
    const { brokers, controller } = whole.quorum;
    const leader = p.members.find(({ id }) => id === controller)?.name ?? String(controller ?? 'none');
    return `broker${brokers.length > 1 ? 's' : ''} ${listed(brokers.map(String))}, controller ${leader}, no partition under-replicated or offline, version ${p.ask.version}`;
  },
});
