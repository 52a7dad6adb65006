// The parameters that every cluster module of this role is given, worked out once.
import type { Ask } from './facts/ask.ts';
import type { Layout, ZookeeperVars } from './layout.ts';
import type { Member } from './modules/members.ts';

/** Who the ensemble is, how it is asked, and how long it may take. */
export interface EnsembleParams {
  readonly members: readonly Member[];
  readonly unit: string;
  readonly ask: Ask;
  /** Seconds. */
  readonly deadline: number;
}

/** Seconds a JVM on a busy host may take until it answers at all. */
const START_SECONDS = 40;

export function ensembleParams(vars: ZookeeperVars, layout: Layout, members: readonly Member[]): EnsembleParams {
  return {
    members,
    unit: layout.unit,
    ask: { port: vars.zookeeper_client_port, home: layout.home, java_home: vars.zookeeper_java_home, data_dir: layout.dataDir },
    // An election and the catching up after it: twice what a follower is allowed.
    deadline: START_SECONDS + Math.ceil((2 * vars.zookeeper_init_limit * vars.zookeeper_tick_time) / 1000),
  };
}

/** Seconds within which the others have a new leader after theirs has died: what the document promises, and a little for the look itself. */
export function failoverSeconds({ zookeeper_init_limit, zookeeper_tick_time }: ZookeeperVars): number {
  return Math.ceil((zookeeper_init_limit * zookeeper_tick_time) / 1000) + 5;
}
