// What a role says of its cluster, so that its units can be started together and restarted one by one without losing anything.
import type { FactSet } from '../../facts/contract.ts';
import type { Resource } from '../../facts/resource.ts';
import type { UnitState } from '../../facts/systemd/unit.ts';
import type { ShellText } from '../../util/shell.ts';
import type { Value } from '../../util/value.ts';
import type { ClusterModule, FactRequest, Have, ParamsSchema, Turn } from '../contract.ts';
import type { Change, Unmet, Wait } from '../steps.ts';
import type { RollingParams } from './params.ts';

/**
 * `running`; `moving`: its unit starts or stops at this moment; `failed`: its unit failed, or systemd tries again and again;
 * `new`: not started since the host booted; `stopped`: started since, and then stopped by somebody.
 */
export type MemberState = 'running' | 'moving' | 'failed' | 'new' | 'stopped';

/** A member that could be asked. */
export interface RollMember<F> {
  readonly name: string;
  readonly state: MemberState;
  readonly unit: UnitState;
  /** Answers to the role's own facts. */
  readonly have: Have<F>;
  /** What differs between what runs and what would be started now; undefined when nothing does. */
  readonly due: { readonly from: string; readonly to: string } | undefined;
}

/** The cluster as the role's functions see it. */
export interface RollCluster<F, W> {
  /** Members that could be asked, in the order of `members`. */
  readonly present: readonly RollMember<F>[];
  /** Names of those that could not. */
  readonly away: readonly string[];
  /** Answers about the whole; undefined unless a member that runs is due, or something is to be put back, and somebody can answer. */
  readonly whole: Have<W> | undefined;
  /** The host that answered for the whole. */
  readonly speaker: string | undefined;
  /** What `remember` said when the roll was begun; undefined when none is. */
  readonly remembered: string | undefined;
}

/** What is put back when a roll ends, however it ends. */
export interface Finally {
  /** Shown like every change: `leaders`, `allocation`. */
  readonly attribute: string;
  readonly from: Value;
  readonly to: Value;
  /** Runs on the host of the first member. It runs whenever a roll was begun, so it must do nothing when all is well. */
  readonly command: ShellText;
  readonly sets?: readonly FactSet[];
  readonly touches?: readonly Resource[];
}

/** A rolling module. `P`: its parameters, `ROLLING` among them; `F`: facts of a member; `W`: facts of the whole. */
export interface RollingDefinition<P, F extends FactRequest, W extends FactRequest> extends Pick<
  ClusterModule<P, F, W>,
  'name' | 'summary' | 'examples'
> {
  readonly params: ParamsSchema;
  /** What the role wants to know of each member; cheap, read in every run. */
  readonly facts: (p: P, member: string) => F;
  /**
   * What it wants to know of the whole; asked of one running member, and only when a member is due. Each of these facts reads a
   * `cluster` resource, so that it is asked anew before every turn.
   */
  readonly whole?: (p: P, speaker: string) => W;
  /** All present members in the order in which they would have their turns; a part is shown: "then leader n1". Default: that of `members`. */
  readonly order?: (p: P, cluster: RollCluster<F, W>) => readonly Turn[];
  /** Whether a running member serves anybody. One that does not takes nothing away when it is restarted, so it is restarted first. Default: yes. */
  readonly isServing?: (p: P, member: RollMember<F>) => boolean;
  /** Whether a running member is where it belongs in its cluster, as far as the cheap facts tell. Default: yes. */
  readonly isSettled?: (p: P, member: RollMember<F>, cluster: RollCluster<F, W>) => boolean;
  /** The gate before a turn: nothing when it is open, waits for what will come about by itself, a requirement for what will not. */
  readonly gate?: (p: P, cluster: RollCluster<F, W>, next: RollMember<F>) => readonly (Unmet | Wait)[];
  /**
   * What is moved away from a running member that others need, before it is restarted: changes, and waits until they show. Asked again before
   * the turn, until there is nothing. The member may come later in the order by then.
   */
  readonly prepare?: (p: P, cluster: RollCluster<F, W>, next: RollMember<F>) => readonly (Change | Wait)[];
  /** What holds only while a running member is restarted: done right before it, in the same answer. `settle` ends it, or `finally`. */
  readonly meanwhile?: (p: P, cluster: RollCluster<F, W>, next: RollMember<F>) => readonly Change[];
  /**
   * The gate after a start or a turn: waits until these members are back and the cluster is whole. Those on different members run at once.
   * A change among them ends what holds `meanwhile`, where the cluster would not become whole before that.
   */
  readonly settle: (p: P, cluster: RollCluster<F, W>, members: readonly string[]) => readonly (Change | Wait)[];
  /** What the role's facts of a member read while it starts, assumptions in words. */
  readonly starting?: (p: P, member: RollMember<F>) => readonly FactSet[];
  /** What a start or restart disturbs beside the unit: ports, the cluster. */
  readonly touches: (p: P) => readonly Resource[];
  readonly finally?: (p: P, cluster: RollCluster<F, W>) => Finally;
  /** One line that the mark keeps until then: how things were before the roll. Default: nothing but that it was begun. */
  readonly remember?: (p: P, cluster: RollCluster<F, W>) => string;
  readonly says?: (p: P, cluster: RollCluster<F, W>) => string | undefined;
}

/** A definition with its parameters' type erased to what the primitive needs of it. */
export type AnyRolling = RollingDefinition<RollingParams, FactRequest, FactRequest>;
export type AnyCluster = RollCluster<FactRequest, FactRequest>;
export type AnyMember = RollMember<FactRequest>;
