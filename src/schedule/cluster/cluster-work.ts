// What one module's work on one cluster is about: shared by those who ask its members and those who send them steps.
import type { AnyParams, ClusterModule, FactRequest } from '../../modules/contract.ts';
import type { TaskSlot } from '../../program/types.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';

export interface ClusterWork {
  readonly engine: Engine;
  /** Hosts of the task: the ones that may be changed. */
  readonly hosts: readonly HostRun[];
  readonly slot: TaskSlot;
  readonly module: ClusterModule<AnyParams, FactRequest>;
  readonly params: AnyParams;
  /** Those that are asked; hosts outside the play may be among them. */
  readonly members: readonly string[];
  /** Handlers that a change notifies, by id. */
  readonly notifies: readonly string[];
  /** Whom to become. */
  readonly user: string | undefined;
}
