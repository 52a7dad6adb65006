// The parameters that every cluster module of this role is given, worked out once.
import type { Ask, Member } from './modules/members.ts';

/** A topic as the variables describe it. */
export interface WantedTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replication_factor: number;
}

/** Who the cluster is, how it is asked, what a start of a broker depends on, and how long it may take. */
export interface ClusterParams {
  readonly members: readonly Member[];
  readonly ask: Ask;
  /** Full name of the unit. */
  readonly unit: string;
  /** Files a broker reads when it starts. */
  readonly files: readonly string[];
  /** Links it starts through, such as its JAVA_HOME. */
  readonly links: readonly string[];
  /** Seconds a broker may take to be back, and the cluster to be whole. */
  readonly deadline: number;
  /** log.dirs of every broker. */
  readonly dirs: readonly string[];
  readonly topics: readonly WantedTopic[];
}
