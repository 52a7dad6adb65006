// Fact: the topics of a cluster, as any of its brokers describes them. Leaders and copies change by themselves, so it is never read ahead.
import { defineFact, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';
import type { Ask } from '../modules/members.ts';
import { asking, reasonOf } from './ask.ts';
import { CLUSTER } from './types.ts';
import type { Partition, Topic, Topics } from './types.ts';

export const kafkaTopics = defineFact({
  name: 'kafka.topics',
  summary: 'the topics of a Kafka cluster, internal ones too: leader, replicas and in-sync replicas of each partition, and settings',
  probe: (ask: Ask) => sh`${asking(ask)}
surely kafka-topics.sh --describe`,
  reads: () => [CLUSTER],
  parse: (output): Topics => parseTopics(output),
  absent: { says: '', topics: {} },
  cost: 'slow',
});

/** Understands what `kafka-topics.sh --describe` prints, from 2.2 to 4.1. */
function parseTopics(output: ProbeOutput): Topics {
  if (output.status !== 0) return { says: reasonOf(output), topics: {} };
  const topics = new Map<string, { readonly configs: Topic['configs']; readonly partitions: Partition[] }>();
  for (const columns of output.stdout.split('\n').map(columnsOf)) {
    const name = columns['Topic'];
    if (name === undefined) continue;
    if (columns['Partition'] === undefined) topics.set(name, { configs: configsOf(columns['Configs'] ?? ''), partitions: [] });
    else topics.get(name)?.partitions.push(partitionOf(columns));
  }
  for (const { partitions } of topics.values()) partitions.sort((a, b) => a.id - b.id);
  return { says: '', topics: Object.fromEntries(topics) };
}

/** One line in parts: `Topic:a<tab>PartitionCount:1` up to 2.3, `Topic: a<tab>TopicId: …` later. */
function columnsOf(line: string): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    line.split('\t').flatMap(part => {
      const [, name, value] = /^\s*([A-Z][A-Za-z ]*): ?(.*)$/.exec(part) ?? [];
      return name === undefined ? [] : [[name, value?.trim()]];
    }),
  );
}

function partitionOf(columns: Readonly<Record<string, string | undefined>>): Partition {
  const leader = Number(columns['Leader'] ?? Number.NaN);
  // While replicas move, those that are to go are still listed; where it ends is what counts.
  const leaving = idsOf(columns['Removing Replicas']);
  const replicas = idsOf(columns['Replicas']).filter(id => !leaving.includes(id));
  const isr = idsOf(columns['Isr']);
  return {
    id: Number(columns['Partition']),
    leader: Number.isInteger(leader) && leader >= 0 ? leader : null,
    replicas,
    // Who caught up first stands first; in the order of the replicas, two readings of the same state are the same.
    isr: [...replicas.filter(id => isr.includes(id)), ...isr.filter(id => !replicas.includes(id))],
  };
}

function idsOf(list: string | undefined): readonly number[] {
  return (list ?? '')
    .split(',')
    .filter(id => /^\d+$/.test(id))
    .map(Number);
}

/** `a=1,cleanup.policy=compact,delete,b=2`: a value may hold commas, a name holds none. */
function configsOf(list: string): Readonly<Record<string, string>> {
  const settings = list === '' ? [] : list.split(/,(?=[a-z][a-z0-9.-]*=)/);
  return Object.fromEntries(
    settings.map(setting => [setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1)] as const).sort(byName),
  );
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : Number(a > b);
}
