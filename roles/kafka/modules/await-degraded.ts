// When a cluster does without its stopped brokers: judged from its facts, and as the condition a wait polls on a host.
import { listed, sh, waitFor } from '../../../src/index.ts';
import type { Wait } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { kafkaTopics } from '../facts/topics.ts';
import { CLUSTER } from '../facts/types.ts';
import type { Topics } from '../facts/types.ts';
import { DESCRIBED, DESCRIBING } from './await-whole.ts';
import { partitionsOf } from './check-whole.ts';
import type { Ask, Member } from './members.ts';

/** Who is out, and where that is asked. */
export interface DegradedWait {
  readonly ask: Ask;
  readonly on: string;
  readonly stopped: readonly Member[];
  readonly topic: string | undefined;
  /** Seconds. */
  readonly deadline: number;
  /** What was read last. */
  readonly topics: Topics;
}

/**
 * Whether every partition is led by a broker that runs, and it has been noticed that the stopped ones are out. Not everywhere: Kafka 2.2 may
 * leave a stopped broker in the ISR of a partition to which nobody writes, until somebody does.
 */
export function isDegraded(topics: Topics, stopped: readonly Member[], topic: string | undefined): boolean {
  const isOut = (id: number | null): boolean => stopped.some(member => member.id === id);
  const partitions = partitionsOf(topics, topic);
  return partitions.every(({ leader }) => leader !== null && !isOut(leader)) && partitions.some(({ missing }) => missing.some(isOut));
}

/** `16 partitions of LvsKafka are under-replicated, 0 unavailable`. */
export function degradedInWords(topics: Topics, topic: string | undefined): string {
  const partitions = partitionsOf(topics, topic);
  const behind = partitions.filter(({ missing }) => missing.length > 0).length;
  const unavailable = partitions.filter(({ leader }) => leader === null).length;
  return `${behind} of ${partitions.length} partitions${topic === undefined ? '' : ` of ${topic}`} are under-replicated, ${unavailable} unavailable`;
}

export function waitUntilDegraded({ ask, on, stopped, topic, deadline, topics }: DegradedWait): Wait {
  const names = listed(stopped.map(({ name }) => name));
  return waitFor({
    for: `${topic ?? 'all topics'} to do without ${names}`,
    until: sh`${asking(ask)}
${DESCRIBING}
describe ${topic === undefined ? sh`` : sh`--topic ${topic}`}
printf '%s\\n' "$described" | awk -F '\\t' -v stopped=${stopped.map(({ id }) => id).join(',')} '
${DESCRIBED}
{ if (field("Partition") == "") next; all++ }
field("Leader") !~ /^[0-9]/ { leaderless++; next }
holds(stopped, field("Leader")) { led++ }
{ n = split(field("Replicas"), copies, ","); for (i = 1; i <= n; i++) if (holds(stopped, copies[i]) && !holds(field("Isr"), copies[i])) noticed++ }
END {
  if (noticed && !leaderless && !led) exit 0
  print led + 0 " of " all + 0 " partitions are still led by a stopped broker, " leaderless + 0 " have no leader, " noticed + 0 " copies are out of sync"
  exit 1
}'`,
    deadline,
    interval: 1,
    sets:
      topics.says === '' ? [kafkaTopics(ask).becomes(without(topics, stopped), 'the brokers that run lead what the stopped ones led')] : [],
    touches: [CLUSTER],
    on,
  });
}

/** The topics once the brokers are out: the first copy that is left in sync leads. */
function without({ says, topics }: Topics, stopped: readonly Member[]): Topics {
  const entries = Object.entries(topics).map(([name, topic]) => {
    const partitions = topic.partitions.map(partition => {
      const isr = partition.isr.filter(id => !stopped.some(member => member.id === id));
      const leader = partition.leader !== null && isr.includes(partition.leader) ? partition.leader : (isr[0] ?? null);
      return { ...partition, leader, isr };
    });
    return [name, { ...topic, partitions }] as const;
  });
  return { says, topics: Object.fromEntries(entries) };
}
