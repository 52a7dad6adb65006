// What a Kafka cluster says of itself, whatever the version that says it.
import { resource } from '../../../src/index.ts';

/** The resource that every change to the cluster touches, on all its hosts. */
export const CLUSTER = resource.cluster('kafka');

/** One partition. */
export interface Partition {
  readonly id: number;
  /** The broker that leads it; null when nobody does: it is offline. */
  readonly leader: number | null;
  /** Broker ids, the preferred leader first. */
  readonly replicas: readonly number[];
  /** Broker ids in sync with the leader. */
  readonly isr: readonly number[];
}

/** One topic. */
export interface Topic {
  readonly partitions: readonly Partition[];
  /** Settings that differ from Kafka's own defaults, by the topic or by server.properties. */
  readonly configs: Readonly<Record<string, string>>;
}

/** All topics of the cluster, internal ones too. */
export interface Topics {
  /** Why nothing is known of them: what the tool said; empty when it answered. */
  readonly says: string;
  readonly topics: Readonly<Record<string, Topic>>;
}

/** Who takes part. */
export interface Quorum {
  /** Why nothing is known: what the tool said; empty when it answered. */
  readonly says: string;
  /** Ids of the brokers that are registered at this moment, ascending. */
  readonly brokers: readonly number[];
  /** The active controller; null when there is none. */
  readonly controller: number | null;
}
