// What differs between a topic as it is and as it should be, and how that is mended.
import { change, run, unknown, unmet, waitFor } from '../../../src/index.ts';
import type { Change, ShellText, Step, Wait } from '../../../src/index.ts';
import { kafkaTopics } from '../facts/topics.ts';
import { CLUSTER } from '../facts/types.ts';
import type { Partition, Topic, Topics } from '../facts/types.ts';
import type { Ask, Member } from './members.ts';
import { placeReplicas } from './topic-replicas.ts';
import { addPartitions, createTopic, hasPartitions, hasReplicas, moveReplicas, setConfig } from './topic-scripts.ts';

/** The topic as it should be. */
interface TopicParams {
  readonly name: string;
  readonly partitions: number;
  readonly replication_factor: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly ask: Ask;
  readonly deadline: number;
}

/** The cluster as it is. */
interface TopicView {
  readonly topics: Topics;
  /** Who is asked, and where everything is done. */
  readonly speaker: string;
  readonly running: readonly Member[];
}

/** Nothing when the topic is as it should be; else what can be done now, or why it cannot. */
export function topicSteps(p: TopicParams, view: TopicView): readonly Step[] {
  const { topics, speaker } = view;
  if (topics.says !== '') return [unmet(`topic ${p.name} cannot be looked at on ${speaker}: ${topics.says}`, speaker)];
  const now = topics.topics[p.name];
  const reason = now === undefined ? whyNotMade(p, view) : whyNotMended(p, now, view);
  if (reason !== undefined) return [unmet(reason, speaker)];
  return now === undefined ? make(p, view) : mend(p, now, view);
}

function whyNotMade(p: TopicParams, { topics, running }: TopicView): string | undefined {
  const metric = (name: string): string => name.replaceAll('.', '_');
  const twin = Object.keys(topics.topics).find(name => metric(name) === metric(p.name));
  if (twin !== undefined)
    return `topic ${p.name} cannot be made beside ${twin}: Kafka takes . and _ for the same there, choose another name`;
  return p.replication_factor > running.length ? tooFewBrokers(p, running) : undefined;
}

function whyNotMended(p: TopicParams, now: Topic, { running }: TopicView): string | undefined {
  const count = now.partitions.length;
  if (count > p.partitions)
    return `topic ${p.name} has ${count} partitions, and Kafka takes none away; set partitions: ${count}, or make a topic of another name`;
  if (!hasOtherReplicas(p, now)) return undefined;
  const most = Math.max(...now.partitions.map(({ replicas }) => replicas.length));
  if (p.replication_factor > Math.max(running.length, most)) return tooFewBrokers(p, running);
  const dead = now.partitions.find(({ leader }) => leader === null);
  return (
    dead &&
    `topic ${p.name} cannot get other replicas: partition ${dead.id} has no leader, bring its brokers ${dead.replicas.join(', ')} back`
  );
}

function tooFewBrokers({ name, replication_factor }: TopicParams, running: readonly Member[]): string {
  const brokers = running.length === 1 ? 'only 1 broker runs' : `only ${running.length} brokers run`;
  return `topic ${name} cannot have ${replication_factor} replicas: ${brokers}; start or add brokers, or ask for fewer replicas`;
}

function make(p: TopicParams, { topics, speaker }: TopicView): readonly Step[] {
  const { partitions, replication_factor } = p;
  const config = Object.fromEntries(Object.entries(p.config).map(([key, value]) => [key, textOf(value)]));
  const after = { partitions: placedByKafka(p.name, 0, partitions, replication_factor), configs: config };
  return [
    doing(p, 'topic', null, { partitions, replication_factor, config }, createTopic(p.ask, { ...p, config }), { topics, after, speaker }),
    waitForPartitions(p, speaker),
  ];
}

function mend(p: TopicParams, now: Topic, { topics, speaker, running }: TopicView): readonly Step[] {
  const steps: Step[] = [];
  let after = now;
  for (const [key, value] of Object.entries(p.config)) {
    const [from, to] = [now.configs[key] ?? null, textOf(value)];
    if (from === to) continue;
    after = { ...after, configs: { ...after.configs, [key]: to } };
    steps.push(doing(p, `config ${key}`, from, to, setConfig(p.ask, p.name, key, to), { topics, after, speaker }));
  }
  if (hasOtherReplicas(p, now)) {
    const placed = placeReplicas(
      now.partitions,
      p.replication_factor,
      running.map(({ id }) => id),
    );
    const moved = placed.filter((partition, index) => partition.replicas !== now.partitions[index]?.replicas);
    after = {
      ...after,
      partitions: placed.map(partition => (moved.includes(partition) ? { ...partition, isr: later(p.name) } : partition)),
    };
    const script = moveReplicas(p.ask, p.name, moved);
    steps.push(doing(p, 'replication_factor', spanOf(now), p.replication_factor, script, { topics, after, speaker }));
    steps.push(waitForReplicas(p, now, moved, speaker));
  } else if (now.partitions.length < p.partitions) {
    const count = now.partitions.length;
    after = { ...after, partitions: [...now.partitions, ...placedByKafka(p.name, count, p.partitions, p.replication_factor)] };
    const script = addPartitions(p.ask, p.name, p.partitions);
    steps.push(doing(p, 'partitions', count, p.partitions, script, { topics, after, speaker }), waitForPartitions(p, speaker));
  }
  return steps;
}

function hasOtherReplicas({ replication_factor }: TopicParams, { partitions }: Topic): boolean {
  return partitions.some(({ replicas }) => replicas.length !== replication_factor);
}

/** `2`, or `1 to 3` where partitions differ. */
function spanOf({ partitions }: Topic): number | string {
  const counts = partitions.map(({ replicas }) => replicas.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? least : `${least} to ${most}`;
}

function doing(
  { ask, name }: TopicParams,
  attribute: string,
  from: Change['from'],
  to: Change['to'],
  script: ShellText,
  { topics, after, speaker }: { readonly topics: Topics; readonly after: Topic; readonly speaker: string },
): Change {
  return change(attribute, from, to, {
    actions: [run(script, { timeout: 180 })],
    sets: [kafkaTopics(ask).with({ says: '', topics: { ...topics.topics, [name]: after } })],
    touches: [CLUSTER],
    on: speaker,
  });
}

function waitForPartitions({ ask, name, partitions, deadline }: TopicParams, on: string): Wait {
  const until = hasPartitions(ask, name, partitions);
  return waitFor({ for: `every partition of ${name} has a leader`, until, deadline, interval: 2, sets: [], on });
}

function waitForReplicas({ ask, name, deadline }: TopicParams, now: Topic, moved: readonly Partition[], on: string): Wait {
  const until = hasReplicas(ask, name, now.partitions, moved);
  return waitFor({ for: `the replicas of ${name} are in place`, until, deadline, interval: 2, sets: [], on });
}

/** Partitions of which only the number is known: where their replicas lie is for Kafka to choose. */
function placedByKafka(name: string, from: number, to: number, replicas: number): readonly Partition[] {
  const place = unknown(`Kafka chooses where the replicas of topic ${name} lie`) as never;
  return Array.from({ length: to - from }, (_, index) => ({
    id: from + index,
    leader: place,
    replicas: Array.from({ length: replicas }, () => place),
    isr: place,
  }));
}

function later(name: string): never {
  return unknown(`new replicas of topic ${name} catch up first`) as never;
}

/** A setting as Kafka writes it. */
function textOf(value: unknown): string {
  return String(value)
    .trim()
    .replace(/\s*,\s*/g, ',');
}
