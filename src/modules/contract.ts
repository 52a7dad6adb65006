// Modules: reconcilers. Asked for the differences between what should be and what is, until there are none. They touch no connection.
import type { FactRef } from '../facts/contract.ts';
import type { Resource } from '../facts/resource.ts';
import type { DictionarySchema, Infer, Input, ObjectSchema } from '../schema/schema.ts';
import { deepFreeze } from '../util/freeze.ts';
import type { Value } from '../util/value.ts';
import type { Step } from './steps.ts';

/** The facts a module asks for, by the names it knows them under. */
export type FactRequest = Readonly<Record<string, FactRef<unknown> | readonly FactRef<unknown>[] | undefined>>;

/** The answers, in the same shape. Reading a part that is unknown in a dry run ends the task as "unknown", by itself. */
export type Have<F> = {
  readonly [K in keyof F]: F[K] extends FactRef<infer V>
    ? V
    : F[K] extends readonly FactRef<infer V>[]
      ? readonly V[]
      : F[K] extends FactRef<infer V> | undefined
        ? V | undefined
        : never;
};

/** What the module's own commands printed, in order; empty when nothing ran. In a dry run reading it is unknown. */
export interface Ran {
  readonly outputs: readonly { readonly stdout: string; readonly stderr: string; readonly status: number }[];
}

/** One example of the docs; a test compiles each. */
export interface Example {
  readonly title: string;
  /** A task as a person writes it in YAML. */
  readonly yaml: string;
}

/** Named parameters, or a dictionary whose keys are the author's. */
export type ParamsSchema = ObjectSchema | DictionarySchema;

interface ModuleCommon<P> {
  /** `family.noun`. */
  readonly name: string;
  /** One line, imperative, full stop left out. */
  readonly summary: string;
  readonly params: ParamsSchema;
  readonly examples: readonly Example[];
  /** How often it is asked again after its changes. Default 1; 0 for what always runs. */
  readonly rounds?: (p: P) => number;
  /** What may be disturbed when its parameters or facts are unknown in a dry run. Default: whatever its facts read. */
  readonly disturbs?: (p: P) => readonly Resource[];
}

/** A module that looks after one host. `P`: its parameters as it receives them; `F`: the facts it asks for. */
export interface HostModule<P, F extends FactRequest> extends ModuleCommon<P> {
  readonly kind: 'host';
  readonly facts: (p: P) => F;
  readonly changes: (p: P, have: Have<F>) => readonly Step[];
  /** What `register` gets, in a run and in a dry run alike. */
  readonly result?: (p: P, have: Have<F>, ran: Ran) => Value;
  /** A line a person reads beside the task's status. */
  readonly says?: (p: P, have: Have<F>, ran: Ran) => string | undefined;
  /** It only runs programs, which write where they like: no step of it names a place. */
  readonly runsOnly?: true;
}

/** A member that could not be asked. */
export interface Absent {
  readonly unreachable: string;
}

/** Whether a member could not be asked. */
export function isAbsent(have: object): have is Absent {
  return 'unreachable' in have && typeof have.unreachable === 'string';
}

/** What each member answered, in the order of `members`. */
export type HaveAll<F> = ReadonlyMap<string, Have<F> | Absent>;

/** A question about the cluster as a whole, which one member answers for all. */
export interface WholeRequest<W extends FactRequest> {
  /** The member that is asked. */
  readonly speaker: string;
  readonly facts: W;
}

/** A member's turn in a rolling change. */
export interface Turn {
  readonly member: string;
  /** Its part in the cluster, when that is why it comes when it does: `leader`, `controller`. */
  readonly part?: string;
}

/** A member's place in the order. One that has no turn is still counted from by `--from`. */
export interface Place extends Turn {
  readonly isDue: boolean;
  /** Its host, where that has another name: what `--from` names. */
  readonly host?: string;
}

/** What a cluster module is told beside its members' answers. */
export interface ClusterView<W> {
  /** What the speaker said of the whole; undefined when nobody was asked. */
  readonly whole: Have<W> | undefined;
  readonly speaker: string | undefined;
  /** Members whose turn does not come in this run (`--from`). */
  readonly leftOut: ReadonlySet<string>;
  /** The roll has failed or was interrupted: only what must be put back is wanted. */
  readonly isClosing: boolean;
}

/** A module that looks after one thing with many members: a barrier, one frame per member, asked once on the controller. */
export interface ClusterModule<P, F extends FactRequest, W extends FactRequest = FactRequest> extends ModuleCommon<P> {
  readonly kind: 'cluster';
  /** Inventory names of those to ask; `hosts` are the hosts of the task. */
  readonly members: (p: P, hosts: readonly string[]) => readonly string[];
  readonly facts: (p: P, member: string) => F;
  /** What one member is asked for all, once the members' own answers are known. Undefined when nothing more needs to be known. */
  readonly whole?: (p: P, have: HaveAll<F>) => WholeRequest<W> | undefined;
  /** The order of a rolling change: shown, and what `--from` counts in. Empty while nobody is due. */
  readonly order?: (p: P, have: HaveAll<F>, view: ClusterView<W>) => readonly Place[];
  /** Each step names its member with `on`. */
  readonly changes: (p: P, have: HaveAll<F>, view: ClusterView<W>) => readonly Step[];
  readonly result?: (p: P, have: HaveAll<F>, ran: Ran, view: ClusterView<W>) => Value;
  readonly says?: (p: P, have: HaveAll<F>, ran: Ran, view: ClusterView<W>) => string | undefined;
}

/** Parameters with their types erased. */
export type AnyParams = Readonly<Record<string, unknown>>;
/** A module as the engine holds it: what the registry, the compiler and the scheduler pass around. */
export type AnyModule = HostModule<AnyParams, FactRequest> | ClusterModule<AnyParams, FactRequest>;

/** A module with the type of what an author writes as its parameters. */
export interface Typed<I> {
  readonly definition: AnyModule;
  /** Carries the type only. */
  readonly input?: I;
}

type HostDefinition<S extends ParamsSchema, F extends FactRequest> = Omit<HostModule<Infer<S>, F>, 'kind' | 'params'> & {
  readonly params: S;
};
type ClusterDefinition<S extends ParamsSchema, F extends FactRequest, W extends FactRequest> = Omit<
  ClusterModule<Infer<S>, F, W>,
  'kind' | 'params'
> & {
  readonly params: S;
};

/** Defines a module that looks after one host. */
export function defineModule<const S extends ParamsSchema, F extends FactRequest>(definition: HostDefinition<S, F>): Typed<Input<S>> {
  return Object.freeze({ definition: deepFreeze({ ...definition, kind: 'host' }) as unknown as AnyModule });
}

/** Defines a module that looks after one thing with many members. */
export function defineClusterModule<const S extends ParamsSchema, F extends FactRequest, W extends FactRequest = FactRequest>(
  definition: ClusterDefinition<S, F, W>,
): Typed<Input<S>> {
  return Object.freeze({ definition: deepFreeze({ ...definition, kind: 'cluster' }) as unknown as AnyModule });
}
