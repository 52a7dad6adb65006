// What nodes say of themselves and of their cluster.
import { resource } from '../../../src/index.ts';

/** One node, as it answers without asking any other. */
export interface NodeState {
  /** Empty when it answers; else why it does not. */
  readonly says: string;
  /** `node.name`. */
  readonly name: string;
  /** `cluster.name`. */
  readonly cluster: string;
  readonly version: string;
  /** The identity of the cluster it has joined; empty while it has joined none. */
  readonly uuid: string;
  /** The name of the node it takes for the master; empty when it knows none. */
  readonly master: string;
  /** Names of all nodes it sees in its cluster, itself included, in order. */
  readonly nodes: readonly string[];
}

/** A shard that has one copy by its index's own setting. */
export interface SingleCopy {
  readonly index: string;
  /** Name of the node that has it. */
  readonly node: string;
}

/** The cluster as a whole. */
export interface ClusterState {
  /** Empty when it answers. */
  readonly says: string;
  readonly status: 'green' | 'yellow' | 'red';
  /** Copies that are on their way. */
  readonly moving: number;
  /** Indices that lack copies, in order. */
  readonly lacking: readonly string[];
  readonly single: readonly SingleCopy[];
}

/** The cluster's own settings, by their whole names. */
export interface ClusterSettings {
  readonly says: string;
  readonly persistent: Readonly<Record<string, SettingValue>>;
  readonly transient: Readonly<Record<string, SettingValue>>;
}

/** Elasticsearch keeps settings as text. */
export type SettingValue = string | readonly string[];

/** The setting that a rolling restart moves. */
export const ALLOCATION = 'cluster.routing.allocation.enable';

/** The resource that every change to the cluster touches, on all its hosts. */
export const CLUSTER = resource.cluster('elasticsearch');
