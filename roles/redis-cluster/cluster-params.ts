// The parameters that every cluster module of this role is given, worked out once.
import type { Member } from './modules/members.ts';

/** Who the cluster is, and how long it may take. */
export interface ClusterParams {
  readonly members: readonly Member[];
  /** Names of those that are to leave. */
  readonly leaving: readonly string[];
  /** Seconds an instance may take to be back, and the cluster to be whole. */
  readonly deadline: number;
}
