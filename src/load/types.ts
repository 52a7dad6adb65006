// Sources: what was read from playbooks and inventories, checked for shape, every value with its position. Nothing is evaluated yet.
import type { Position, Problem } from '../errors/problem.ts';
import type { AnyModule } from '../modules/contract.ts';
import type { AnyRole } from '../program/role.ts';
import type { BecomeMethod } from '../util/become-method.ts';
import type { YamlNode } from './yaml/node.ts';

/** A text and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly at: Position;
}

/** A variable as it was written. */
export interface VariableSource {
  readonly node: YamlNode;
  /** In words, for `--why`: `group_vars/kafka.yml`. */
  readonly source: string;
}

export type VariableSources = Readonly<Record<string, VariableSource>>;

/** Keywords that a block has for its tasks: what is said further in outweighs what is said further out, or is added to it. */
export interface SharedSource {
  readonly become?: boolean;
  readonly becomeUser?: string;
  readonly becomeMethod?: BecomeMethod;
  readonly when: readonly Located<string>[];
  /** An empty list is none, whatever is said around it; undefined where nothing is said. */
  readonly notify?: readonly Located<string>[];
  readonly vars: VariableSources;
  readonly tags: readonly string[];
  readonly ignoreErrors?: boolean;
  readonly anyErrorsFatal?: boolean;
  readonly throttle?: number;
  readonly runOnce?: boolean;
  readonly ignoreUnreachable?: boolean;
  /** Variables for the programs that run; later ones outweigh. */
  readonly environment?: readonly YamlNode[];
  /** Seconds that one step may take. */
  readonly timeout?: number;
  readonly noLog?: boolean;
  readonly checkMode?: boolean;
  readonly diff?: boolean;
  /** The host on which it is done instead. */
  readonly delegateTo?: YamlNode;
  /** Variables that it sets are that host's. */
  readonly delegateFacts?: boolean;
}

/** What judges a result. */
export interface JudgeSource {
  readonly changedWhen?: readonly Located<string>[];
  readonly failedWhen?: readonly Located<string>[];
  readonly until?: readonly Located<string>[];
  readonly retries?: YamlNode;
  readonly delay?: YamlNode;
}

export interface LoopControlSource {
  readonly variable?: string;
  readonly indexVariable?: string;
  readonly label?: YamlNode;
  /** Seconds. */
  readonly pause?: YamlNode;
  readonly extended: boolean;
  readonly breakWhen: readonly Located<string>[];
}

/** What stands in a list of tasks. */
export type NodeSource = TaskSource | BlockSource;

/** Tasks that belong together: `rescue` is for hosts on which one of them fails, `always` for all. */
export interface BlockSource extends SharedSource {
  readonly kind: 'block';
  readonly name: string;
  readonly at: Position;
  readonly loop?: YamlNode;
  readonly loopControl?: LoopControlSource;
  /** For a handler: what else it is notified by. */
  readonly listen: readonly Located<string>[];
  readonly tasks: readonly NodeSource[];
  readonly rescue: readonly NodeSource[];
  readonly always: readonly NodeSource[];
  /** Hosts that cannot be reached go to `rescue` too. */
  readonly rescueUnreachable: boolean;
  /** For hosts for which a name comes to this. */
  readonly pick?: { readonly name: YamlNode; readonly is: string };
  /** The tasks are another file's, which comes in when it has its turn: what is said here is of the coming in, not of them. */
  readonly include?: IncludeSource;
  /** The tasks are a role's. */
  readonly role?: RoleCall;
}

export interface IncludeSource {
  /** As problems name it. */
  readonly file: string;
  /** Where an expression names it: the blocks are for one file each, the first that it comes to is taken. */
  readonly choice?: { readonly name: YamlNode; readonly of: readonly string[] };
  /** What is said of the tasks. */
  readonly apply?: SharedSource;
}

export interface TaskSource extends SharedSource, JudgeSource {
  readonly kind: 'task';
  readonly name: string;
  readonly at: Position;
  /** Canonical module name, `family.noun`. */
  readonly module: string;
  readonly moduleAt: Position;
  readonly params: YamlNode | undefined;
  readonly loop?: YamlNode;
  readonly loopControl?: LoopControlSource;
  /** For a handler: what else it is notified by. */
  readonly listen: readonly Located<string>[];
  readonly register?: Located<string>;
  readonly provides: Readonly<Record<string, readonly string[]>>;
  readonly unsafePath: boolean;
}

/** A role of a play; its variables are parameters of the role. */
export interface RoleUse extends SharedSource {
  readonly name: string;
  readonly at: Position;
}

/** A role that is called: by a play, by a task, or since another role needs it. */
export interface RoleCall extends RoleUse {
  readonly isTask: boolean;
  /** It runs also where it has run before with the same parameters. */
  readonly repeats: boolean;
  /** The tasks of the play know its variables, too. */
  readonly isPublic: boolean;
  /** What it needs: these go before it. */
  readonly needs: readonly RoleCall[];
  /** What a role in YAML holds; absent for one in TypeScript. */
  readonly written?: WrittenRole;
}

/** What a call takes from the folder of a role in YAML. */
export interface WrittenRole {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  /** Files that are named in place of the usual ones: one line of text for each choice. */
  readonly from: string;
  readonly defaults: VariableSources;
  readonly vars: VariableSources;
  readonly tasks: readonly NodeSource[];
  readonly handlers: readonly NodeSource[];
}

/** How hosts go through a play: all in step, each as fast as it can, or so many at a time from its beginning to its end. */
export type Strategy = 'linear' | 'free' | 'host_pinned';

/** In which order hosts have their turns. */
export type HostOrder = 'inventory' | 'reverse_inventory' | 'sorted' | 'reverse_sorted' | 'shuffle';

/** A file of variables that a play names: read, or, where its name must be worked out for each host, the names to try. */
export type VarsFile =
  { readonly kind: 'read'; readonly variables: VariableSources } | { readonly kind: 'named'; readonly names: readonly Located<string>[] };

/** A variable that a person is asked for before the run. */
export interface PromptSource {
  readonly name: string;
  readonly at: Position;
  /** What is asked. */
  readonly question: string;
  /** What holds when nothing is typed. */
  readonly fallback?: YamlNode;
  /** The answer is not shown, and is secret. */
  readonly isPrivate: boolean;
  /** It is to be typed twice. */
  readonly confirm: boolean;
}

/** How the hosts of a play are logged in to, where the inventory does not say. */
export interface LoginSource {
  readonly connection?: YamlNode;
  readonly port?: YamlNode;
  readonly remote_user?: YamlNode;
}

export interface PlaySource extends SharedSource {
  readonly name: string;
  readonly login?: LoginSource;
  /** This machine does its tasks, for each of its hosts. */
  readonly isLocal?: true;
  readonly at: Position;
  readonly hosts: Located<string>;
  readonly prompts: readonly PromptSource[];
  /** In order, each above those before it. */
  readonly varsFiles: readonly VarsFile[];
  /** Batches: a number, a percentage, or a list of them. */
  readonly serial: readonly (number | `${number}%`)[];
  readonly strategy: Strategy;
  readonly order: HostOrder;
  /** Per cent of a batch that may fail. */
  readonly maxFailPercentage?: number;
  /** Handlers of hosts that failed run too; absent: as the command line says. */
  readonly forceHandlers?: boolean;
  /** Absolute; templates/ and files/ are looked for beside it. */
  readonly directory: string;
  readonly preTasks: readonly NodeSource[];
  readonly roles: readonly RoleCall[];
  readonly tasks: readonly NodeSource[];
  readonly postTasks: readonly NodeSource[];
  readonly handlers: readonly NodeSource[];
}

export interface PlaybookSource {
  /** As it was named on the command line. */
  readonly file: string;
  /** Absolute; templates/ and files/ are looked for beside it. */
  readonly directory: string;
  readonly plays: readonly PlaySource[];
}

export interface InventoryHost {
  readonly name: string;
  /** Where it was first named. */
  readonly at: Position;
  /** All groups it is in, parents before children, without `all`. */
  readonly groups: readonly string[];
  /** The winner of each variable. */
  readonly variables: VariableSources;
}

export interface Inventory {
  /** As it was named: `prod`, `hosts.yml`, `n1,n2,`, `prod and lab`. */
  readonly name: string;
  /** Absolute path of the file or directory, of the first of several; undefined for a host list. */
  readonly path?: string;
  /** Of all of them. */
  readonly paths: readonly string[];
  /** Absolute: where its group_vars/ and host_vars/ are; that of the first of several. */
  readonly directory?: string;
  /** In inventory order. */
  readonly hosts: ReadonlyMap<string, InventoryHost>;
  /** Their names in the order in which the files name them: what a wildcard goes by. */
  readonly written: readonly string[];
  /** Members by group, in inventory order; `all` and `ungrouped` among them. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** The groups that stand in each. */
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Where each group was first named. */
  readonly groupsAt: ReadonlyMap<string, Position>;
  /** The variables of every place that says something of a host, the weakest first; what {@link InventoryHost.variables} was made of. */
  readonly layersOf: (host: string) => readonly VariableSources[];
  /** What is said of each group and each host by itself, those that may come while a playbook runs among them. */
  readonly parts: () => InventoryParts;
}

/** An inventory taken apart, for hosts that come into groups later. */
export interface InventoryParts {
  readonly groups: ReadonlyMap<string, GroupLayers>;
  readonly hosts: ReadonlyMap<string, VariableSources>;
}

/** What is said of a group: where it stands, and its variables. */
export interface GroupLayers {
  /** Depth in the tree, and priority: the higher wins, then the later name. */
  readonly weight: readonly [number, number];
  /** That stand in the group itself. */
  readonly hosts: readonly string[];
  readonly children: readonly string[];
  /** Those that the inventory itself writes. */
  readonly inventory: VariableSources;
  /** Those of group_vars/, which outweigh. */
  readonly files: VariableSources;
}

/** What a command was given to work on. */
export interface SourceRequest {
  /** Path of the playbook, absolute or relative to `cwd`. */
  readonly playbook: string;
  /** `-i`: a name, a path, a directory, or `n1,n2,`; or several of these, later ones adding to earlier ones. */
  readonly inventory?: string | readonly string[];
  /** `-l`. */
  readonly limit?: string;
  /** Each `-e`, in order. */
  readonly extraVars?: readonly string[];
  /** Absolute; relative paths count from it, and problems show paths relative to it. */
  readonly cwd: string;
}

/** Everything that was read for a run: checked for shape, nothing evaluated. */
export interface Sources {
  readonly playbook: PlaybookSource;
  readonly inventory: Inventory;
  /** By name: those in TypeScript, a required one before the one that requires it, and what those in YAML say of their variables. */
  readonly roles: ReadonlyMap<string, AnyRole>;
  /** By name: those that the playbook's own tasks use, and those that roles bring. */
  readonly modules: ReadonlyMap<string, AnyModule>;
  /** `-e`, the last one to name a variable wins. */
  readonly extra: VariableSources;
  /** Each `-e` by itself, in order. */
  readonly extraLayers: readonly VariableSources[];
  /** The hosts of each play in order, limit applied; one entry per play. May be empty under a limit. */
  readonly targets: readonly (readonly string[])[];
  /** The hosts that a pattern gives, limit applied; what {@link Sources.targets} was made with. */
  readonly hostsOf: (pattern: string) => readonly string[];
  /** The pattern that narrows hosts, those that come while it runs too. */
  readonly limit?: string;
  /** What is not wrong, but worth a line. */
  readonly notes: readonly Problem[];
}
