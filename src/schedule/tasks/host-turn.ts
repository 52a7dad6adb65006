// A host's turn at a task: whose, as whom, and what is around it.
import type { TaskSlot, TaskSpec } from '../../program/types.ts';
import type { HostLogin } from '../hosts/become.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import type { Pass } from '../values/passes.ts';

/** Who does it. */
export interface Actor {
  readonly host: HostRun;
  readonly user: string | undefined;
}

/** A host, a task, and the user it runs as. */
export interface HostTurn {
  readonly engine: Engine;
  readonly host: HostRun;
  readonly slot: TaskSlot;
  readonly spec: TaskSpec;
  readonly playHosts: readonly string[];
  readonly user: string | undefined;
  /** On which host it is done, and as whom there: another one where the task is delegated. */
  readonly actor: Actor;
  readonly loginOf: (host: string) => HostLogin;
  /** Why it is not known whether it comes at all: a handler that something unknown notified. */
  readonly doubts: readonly string[];
  /** The pass through the loops of the blocks around. */
  readonly pass: Pass;
  /** What fails here is rescued by a block around it. */
  readonly isRescuable: boolean;
  /** So is what cannot be reached. */
  readonly rescuesLost: boolean;
}

/** Whether it is done on another host than the one it is for. A shadow is the same host. */
export function isDelegated({ host, actor }: Pick<HostTurn, 'host' | 'actor'>): boolean {
  return actor.host.name !== host.name;
}
