// Roles in TypeScript: what an author defines, before compilation for the hosts of a play.
import type { AnyModule, Typed } from '../modules/contract.ts';
import type { Expr } from '../schema/expr.ts';
import type { Infer, Schema } from '../schema/schema.ts';
import type { BecomeMethod } from '../util/become-method.ts';
import { deepFreeze } from '../util/freeze.ts';
import type { Value } from '../util/value.ts';

/** What the inventory says of a host: known before any connection. */
export interface HostView {
  readonly name: string;
  /** The address it is reached at. */
  readonly address: string;
  readonly groups: readonly string[];
  /** Its inventory variables, rendered. */
  readonly variables: Readonly<Record<string, Value>>;
}

/** The host a role is compiled for, and its company. */
export interface RoleHost extends HostView {
  /** Members of a group in inventory order; empty when there is no such group. */
  readonly group: (name: string) => readonly HostView[];
  /** The hosts of the play, in order. */
  readonly play: readonly HostView[];
}

/** Keywords of one task, beside its module and parameters. */
export interface TaskOptions {
  /** CEL; a list means and. */
  readonly when?: string | readonly string[];
  /** A list, or template text that gives one. `item` is the current one. */
  readonly loop?: readonly unknown[] | Expr<readonly unknown[]>;
  readonly register?: string;
  /** Handlers of the same role, or of the play, by name. */
  readonly notify?: string | readonly string[];
  readonly become?: boolean;
  readonly becomeUser?: string;
  readonly becomeMethod?: BecomeMethod;
  readonly tags?: readonly string[];
  /** Further variables for this task's templates and expressions. */
  readonly vars?: Readonly<Record<string, unknown>>;
  /** At most so many hosts at once. */
  readonly throttle?: number;
  /** On the first host of the play only; its registered value goes to all. */
  readonly runOnce?: boolean;
  readonly ignoreErrors?: boolean;
  /** What this task's package (or command) brings, beyond what is known of it; assumed in a dry run. */
  readonly provides?: Readonly<Record<string, readonly string[]>>;
  /** Let root change what stands in a directory that others can change too, whatever they may put in its place meanwhile. */
  readonly unsafePath?: boolean;
}

/** A task of a role: data. Strings are literal; only {@link Expr} values are evaluated for the host. */
export interface RoleTask {
  readonly name: string;
  readonly module: AnyModule;
  readonly params: unknown;
  readonly options: TaskOptions;
}

/** A task: `task('write zoo.cfg', fileTemplate, { src: 'zoo.cfg.hbs', dest }, { notify: 'restart' })`. Names are unique in a role. */
export function task<I>(name: string, module: Typed<I>, params: NoInfer<I>, options: TaskOptions = {}): RoleTask {
  return Object.freeze({ name, module: module.definition, params, options });
}

/** One act of `--chaos`: break something, see the promise hold, put it right. `restore` always runs. */
export interface Scenario {
  readonly name: string;
  readonly tasks: readonly RoleTask[];
  readonly restore: readonly RoleTask[];
}

/** Variables of a role: the one home of their defaults. Every one begins with the role's name, so that they cannot clash. */
export type RoleVariables = Readonly<Record<string, Schema>>;

type VariablesObject<V extends RoleVariables> = { readonly type: 'object'; readonly properties: V; readonly additionalProperties: false };
/** The variables as a role's functions receive them. */
export type Variables<V extends RoleVariables> = Infer<VariablesObject<V>>;

interface RoleShape<P> {
  readonly name: string;
  readonly summary: string;
  /** `import.meta.url` of role.ts: where templates/ and files/ are found. */
  readonly at: string;
  /** Roles that run before it, once per play and host. */
  readonly requires?: readonly string[];
  /** It runs as often as it is called, also with the same parameters. */
  readonly allowDuplicates?: boolean;
  /** Names of required variables without a default. */
  readonly required?: readonly string[];
  /** Modules that only this system has. */
  readonly modules?: readonly Typed<unknown>[];
  /** Facts that its modules ask for: a saved plan names them. */
  readonly facts?: readonly { readonly definition: { readonly name: string } }[];
  /**
   * What is not wrong but worth a line, in words for a person. Pure; called once for each host. The same words are said once.
   * @throws what `tasks` throws
   */
  readonly advice?: (vars: P, host: RoleHost) => readonly string[];
  /** Pure: no waiting, no I/O. Called once for each host. @throws Error with words for a person; becomes a problem at the play's role */
  readonly tasks: (vars: P, host: RoleHost) => readonly RoleTask[];
  readonly handlers?: (vars: P, host: RoleHost) => readonly RoleTask[];
  /** Read-only proof that the cluster works. */
  readonly verify?: (vars: P, host: RoleHost) => readonly RoleTask[];
  readonly chaos?: (vars: P, host: RoleHost) => readonly Scenario[];
}

export interface RoleDefinition<V extends RoleVariables> extends RoleShape<Variables<V>> {
  readonly vars: V;
}

/** A role as the engine holds it, its types erased. */
export interface AnyRole extends RoleShape<Readonly<Record<string, unknown>>> {
  readonly vars: RoleVariables;
}

/** Defines a role; the default export of its role.ts. */
export function defineRole<const V extends RoleVariables>(definition: RoleDefinition<V>): AnyRole {
  return deepFreeze(definition) as unknown as AnyRole;
}
