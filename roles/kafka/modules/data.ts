// Module: proves that a cluster keeps messages, through Kafka's own clients on one of the brokers that run.
import { defineClusterModule, listed, run, trial, unitState, unmet } from '../../../src/index.ts';
import { at } from '../brokers-of.ts';
import { reasonOf } from '../facts/ask.ts';
import { CHAOS_TOPIC, dataScript } from './data-script.ts';
import type { Act } from './data-script.ts';
import { ASK, ASK_YAML, MEMBERS, UNIT } from './members.ts';
import type { Member } from './members.ts';
import { runningOf } from './running.ts';

export const kafkaData = defineClusterModule({
  name: 'kafka.data',
  summary: 'Prove that what is produced on one broker is consumed on another, every message once',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      act: {
        type: 'string',
        enum: ['round_trip', 'leave', 'go_on', 'remove'],
        default: 'round_trip',
        description:
          'produce and consume in a topic that is removed again; or leave a topic with a group, go on with both later, remove them',
      },
      count: { type: 'integer', minimum: 1, maximum: 10000, default: 100, description: 'messages to produce' },
      unit: UNIT,
      ask: ASK,
    },
    required: ['members', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Produce on one broker, consume on another',
      yaml: `- name: messages go in and come out
  kafka.data:
    members: [{ name: server1, id: 0, address: 192.168.11.128, port: 19092 }]
${ASK_YAML}`,
    },
  ],
  rounds: () => 0,
  members: p => p.members.map(member => member.name),
  facts: p => ({ unit: unitState({ unit: p.unit }) }),
  changes: (p, have) => {
    const running = runningOf(p.members, have);
    const [first, second] = running;
    if (first === undefined) return [unmet(`no broker of ${listed(p.members.map(({ name }) => name))} runs`)];
    const place = (member: Member): string => at(member.address, member.port);
    const everywhere = running.map(place).join(',');
    // After a broker was stopped the others are all asked; when nothing is broken, one each shows that they know of each other.
    const isPlain = p.act === 'round_trip';
    const script = dataScript({
      ask: p.ask,
      act: p.act,
      count: p.count,
      brokers: running.length,
      produceAt: isPlain ? place(first) : everywhere,
      consumeAt: isPlain ? place(second ?? first) : everywhere,
    });
    const proves = provenBy(p.act, p.count, first.name, (second ?? first).name);
    return [trial({ proves, action: run(script, { accept: 'any', timeout: 900 }), judge, on: first.name })];
  },
});

function provenBy(act: Act, count: number, first: string, second: string): string {
  switch (act) {
    case 'round_trip':
      return `${count} messages produced on ${first}, consumed on ${second}, each once`;
    case 'leave':
      return `${count} messages produced, consumed by group ${CHAOS_TOPIC}`;
    case 'go_on':
      return `${count} more messages produced, consumed by the same group, none of all ${2 * count} lost`;
    case 'remove':
      return `topic ${CHAOS_TOPIC} and its group are removed`;
  }
}

function judge(output: { readonly stdout: string; readonly stderr: string; readonly status: number }): string | undefined {
  if (output.status === 0) return undefined;
  const problem = /^problem: (.*)$/m.exec(output.stdout)?.[1] ?? `the script ended with status ${output.status}`;
  return output.stderr.trim() === '' ? problem : `${problem}: ${reasonOf({ ...output, stdout: '' })}`;
}
