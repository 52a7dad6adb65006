// A client that is not ours: Kafka's own verifiable producer, writing without pause and telling of every message that was acknowledged.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaMachine } from './kafka-machine.ts';
import { askMetadata, type BrokerAddress } from './kafka-metadata.ts';

/** What became of the messages. */
export interface Produced {
  readonly acknowledged: number;
  /** Acknowledged, and not there afterwards at the place that was acknowledged: `partition/offset value`. */
  readonly lost: readonly string[];
  /** Messages that the producer gave up; it never said that they were written. */
  readonly refused: readonly string[];
}

export interface Producer {
  /** Messages acknowledged so far. */
  readonly acknowledged: () => number;
  /** Ends the producer and reads the topic from its beginning. */
  stop(): Promise<Produced>;
}

/** What a line of the producer tells. */
interface Line {
  readonly name: string;
  readonly value?: string;
  readonly partition?: number;
  readonly offset?: number;
  readonly message?: string;
}

/** It tries for as long as a broker may take to come back, as an application would; every message bears the acknowledgement of all in sync. */
const SETTINGS = ['retries=2147483647', 'delivery.timeout.ms=120000', 'request.timeout.ms=10000', 'enable.idempotence=true', ''].join('\n');
const PARTITIONS = 3;
const A_SECOND = 50;

/**
 * Makes a topic with a replica on every broker and starts to write; resolves once the first message was acknowledged.
 * With `min.insync.replicas` 2 an acknowledgement means that two have it: a single broker that is away stops nobody, a second one would.
 */
export async function startProducer(machine: KafkaMachine, brokers: readonly BrokerAddress[]): Promise<Producer> {
  const topic = `written-${Date.now()}`;
  const bootstrap = ['--bootstrap-server', brokers.map(({ address, port }) => `${address}:${port}`).join(',')];
  await makeTopic(machine, topic, bootstrap, brokers.length);
  const settings = join(machine.folder, `${topic}.properties`);
  writeFileSync(settings, SETTINGS);
  const flags = ['--acks', '-1', '--throughput', String(A_SECOND), '--repeating-keys', '60', '--producer.config', settings];
  const child = machine.start('kafka-verifiable-producer', ...bootstrap, '--topic', topic, ...flags);
  const written = new Map<string, string>();
  const refused: string[] = [];
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  const ended = once(child, 'close');
  createInterface({ input: child.stdout }).on('line', text => {
    const line = JSON.parse(text) as Line;
    if (line.name === 'producer_send_success') written.set(`${line.partition}/${line.offset}`, line.value ?? '');
    if (line.name === 'producer_send_error') refused.push(`${line.value}: ${line.message}`);
  });
  await untilWritten(
    written,
    () => child.exitCode ?? child.signalCode,
    () => said,
  );
  return {
    acknowledged: () => written.size,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      const there = await readBack(machine, topic, bootstrap, written);
      const lost = [...written].filter(([place, value]) => there.get(place) !== value).map(([place, value]) => `${place} ${value}`);
      return { acknowledged: written.size, lost, refused };
    },
  };
}

async function makeTopic(machine: KafkaMachine, topic: string, bootstrap: readonly string[], replicas: number): Promise<void> {
  const size = ['--partitions', String(PARTITIONS), '--replication-factor', String(replicas), '--config', 'min.insync.replicas=2'];
  const made = await machine.tool('kafka-topics', ...bootstrap, '--create', '--topic', topic, ...size);
  if (made.status !== 0) throw new Error(`the client's topic cannot be made: ${made.stdout}${made.stderr}`);
}

async function untilWritten(written: ReadonlyMap<string, string>, end: () => unknown, said: () => string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (written.size === 0) {
    if (end() !== null) throw new Error(`the producer ended: ${said()}`);
    if (performance.now() > deadline) throw new Error(`no message was acknowledged within a minute: ${said()}`);
    await delay(100);
  }
}

/** Every message by its place, read without a group up to the last place that was acknowledged. */
async function readBack(
  machine: KafkaMachine,
  topic: string,
  bootstrap: readonly string[],
  written: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const ends = new Map<number, number>();
  for (const place of written.keys()) {
    const [partition = 0, offset = 0] = place.split('/').map(Number);
    ends.set(partition, Math.max(ends.get(partition) ?? 0, offset + 1));
  }
  const there = new Map<string, string>();
  const shown = ['partition', 'offset'].flatMap(what => ['--property', `print.${what}=true`]);
  const read = async ([partition, end]: readonly [number, number]): Promise<void> => {
    const range = ['--partition', String(partition), '--offset', 'earliest', '--max-messages', String(end), '--timeout-ms', '15000'];
    const { stdout } = await machine.tool('kafka-console-consumer', ...bootstrap, '--topic', topic, ...range, ...shown);
    for (const [, at, offset, value] of stdout.matchAll(/^Partition:(\d+)\tOffset:(\d+)\t(.*)$/gm))
      there.set(`${at}/${offset}`, value ?? '');
  };
  await Promise.all([...ends].map(read));
  return there;
}

/** The id of the controller, as the first broker that answers has it. */
export async function findController(brokers: readonly BrokerAddress[]): Promise<number> {
  for (const broker of brokers) {
    const seen = await askMetadata(broker).catch(() => undefined);
    if (seen !== undefined && seen.controller >= 0) return seen.controller;
  }
  throw new Error('no broker knows a controller');
}
