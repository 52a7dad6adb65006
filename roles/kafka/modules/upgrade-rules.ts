// From which Kafka to which, and how: what is refused, and which protocol brokers of two versions speak to each other meanwhile.
import { compareVersions, lineOf } from '../../../src/index.ts';
import type { KafkaMode } from '../versions.ts';

/** A broker that is there already. */
export interface SeenBroker {
  readonly name: string;
  /** Where the program lies that its unit starts. */
  readonly home: string;
  /** Of that program. */
  readonly version: string;
  /** What its server.properties holds it back to; empty when it does not. */
  readonly protocol: string;
  readonly mode: KafkaMode;
  /** The version that runs at this moment; empty when none does. */
  readonly running: string;
}

/** What the inventory wants. */
export interface WantedKafka {
  readonly home: string;
  readonly version: string;
  readonly mode: KafkaMode;
  /** A protocol that a person has chosen. */
  readonly protocol: string | undefined;
  readonly stage: 'none' | 'binaries' | 'lift';
}

/** Why it cannot be done; undefined when it can. */
export function refusalOf(
  brokers: readonly SeenBroker[],
  wanted: WantedKafka,
): { readonly words: string; readonly on: string } | undefined {
  for (const broker of brokers) {
    const words = refuse(broker, brokers, wanted);
    if (words !== undefined) return { words, on: broker.name };
  }
  return undefined;
}

/** The protocol that server.properties has to name; empty when brokers may speak the newest they know. */
export function protocolFor(brokers: readonly SeenBroker[], wanted: WantedKafka): string {
  if (wanted.mode === 'kraft') return '';
  if (wanted.protocol !== undefined) return wanted.protocol;
  if (wanted.stage === 'lift') return '';
  const line = lineOf(wanted.version);
  const spoken = brokers.map(protocolOf);
  const isThere = brokers.every(broker => lines(broker).every(one => one === line));
  // Once every broker is new and one of them was set free, going back would hold back what has spoken the new protocol.
  if (isThere && spoken.includes(line)) return '';
  const [lowest] = [...spoken].sort(compareVersions);
  return lowest === undefined || compareVersions(lowest, line) >= 0 ? '' : lowest;
}

function refuse(broker: SeenBroker, brokers: readonly SeenBroker[], wanted: WantedKafka): string | undefined {
  const { name, home, version, mode } = broker;
  const line = lineOf(wanted.version);
  if (mode === 'zookeeper' && wanted.mode === 'kraft')
    return `${name} runs ${version} with ZooKeeper, the inventory wants ${wanted.version} in mode kraft: ZooKeeper is gone in 4.0; migrate the cluster to KRaft on 3.9 first, as Kafka describes it`;
  if (mode === 'kraft' && wanted.mode === 'zookeeper')
    return `${name} runs ${version} in mode kraft, the inventory wants ZooKeeper: there is no way back; set kafka_mode: kraft`;
  const newer = lines(broker).find(one => compareVersions(one, line) > 0);
  if (newer !== undefined)
    return `${name} runs ${version}, the inventory wants ${wanted.version}: Kafka does not go back to an older line; set kafka_version to ${version}`;
  if (version !== wanted.version && home === wanted.home)
    return `${name} has ${version} in ${home}, where ${wanted.version} is to be unpacked: two versions cannot share a folder; put the version into kafka_home, or leave kafka_home out`;
  const older = lines(broker).find(one => compareVersions(one, line) < 0);
  if (older === undefined || wanted.stage === 'binaries') return undefined;
  const runs = older === lineOf(version) ? version : broker.running;
  if (wanted.stage === 'lift') return `${name} still runs ${runs}: roll ${wanted.version} first (kafka_upgrade: binaries)`;
  const isHeld = wanted.protocol !== undefined && brokers.every(one => compareVersions(protocolOf(one), wanted.protocol ?? '') >= 0);
  return isHeld ? undefined : `${name} runs ${runs}, the inventory wants ${wanted.version}: run playbooks/kafka-upgrade.yml`;
}

/** Of what is installed, and of what runs. */
function lines({ version, running }: SeenBroker): readonly string[] {
  return [version, running].filter(one => one !== '').map(lineOf);
}

/** The protocol it speaks: `2.2`. A version may carry a further part there, as in `2.2-IV1`. */
function protocolOf({ protocol, version }: SeenBroker): string {
  return lineOf(/^[\d.]*\d/.exec(protocol)?.[0] ?? version);
}
