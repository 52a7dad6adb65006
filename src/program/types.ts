// The Program: playbook, roles and inventory compiled for the run. Plain frozen data that goes through JSON and back unchanged.
import type { Position } from '../errors/problem.ts';
import type { LocalFile } from '../schema/resolved.ts';
import type { HostOrder } from '../load/types.ts';
import type { TaskRef } from '../report/events.ts';
import type { BecomeMethod } from '../util/become-method.ts';
import type { Json } from '../util/value.ts';

/** A value before evaluation. Each node remembers where it was written. */
export type Node =
  | { readonly kind: 'value'; readonly value: Json; readonly at?: Position }
  /** `{{ }}` text. */
  | { readonly kind: 'template'; readonly text: string; readonly at?: Position }
  | { readonly kind: 'secret'; readonly value: string; readonly at?: Position }
  | { readonly kind: 'secret-template'; readonly text: string; readonly at?: Position }
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly at?: Position }
  | { readonly kind: 'map'; readonly entries: Readonly<Record<string, Node>>; readonly at?: Position }
  /** A template file, its text compiled in; rendered with the task's variables. */
  | { readonly kind: 'content'; readonly name: string; readonly text: string; readonly file: string; readonly at?: Position }
  | { readonly kind: 'local-file'; readonly file: LocalFile; readonly at?: Position }
  /** An archive, or a file taken as it is (`plain`): fetched and pinned on the controller when a task first needs it. */
  | { readonly kind: 'artifact'; readonly source: Node; readonly checksum?: Node; readonly plain?: true; readonly at?: Position }
  | { readonly kind: 'condition'; readonly text: string; readonly at?: Position };

/** A variable and where its value comes from, for errors and `--why`. */
export interface Variable {
  readonly node: Node;
  /** In words: `group_vars/kafka.yml`, `default of role kafka`, `-e`. */
  readonly source: string;
}

export type Variables = Readonly<Record<string, Variable>>;

export interface Condition {
  readonly text: string;
  readonly at?: Position;
}

/** How a loop is gone through. */
export interface LoopControl {
  /** What the item is called. */
  readonly variable: string;
  readonly indexVariable?: string;
  /** What is shown of the item. */
  readonly label?: Node;
  /** Seconds between two items. */
  readonly pause?: Node;
  /** `ansible_loop` is there, with the items before and after. */
  readonly extended: boolean;
  /** What ends the loop, asked after each item. */
  readonly breakWhen: readonly Condition[];
}

/** A task is tried again until it is as it should be. */
export interface Retry {
  /** Empty: until it does not fail. */
  readonly until: readonly Condition[];
  readonly retries: Node;
  /** Seconds between two attempts. */
  readonly delay: Node;
}

/** The handlers that an expression may name, by their names. */
export interface NamedHandlers {
  readonly name: Node;
  readonly ids: Readonly<Record<string, readonly string[]>>;
}

/** A task for some hosts: everything decided but what the host decides. */
export interface TaskSpec {
  readonly params: Readonly<Record<string, Node>>;
  readonly when: readonly Condition[];
  readonly loop?: Node;
  readonly loopControl?: LoopControl;
  readonly register?: string;
  /** Ids of handlers. */
  readonly notify: readonly string[];
  /** Handlers that are named by an expression, for each item anew. */
  readonly notifyNamed?: readonly NamedHandlers[];
  /** What holds where the task has changed something; absent: what the module says. */
  readonly changedWhen?: readonly Condition[];
  /** What holds where it has failed. */
  readonly failedWhen?: readonly Condition[];
  readonly retry?: Retry;
  readonly ignoreUnreachable?: boolean;
  /** Variables for the programs that run, weakest first. */
  readonly environment?: readonly Node[];
  /** Seconds that one step may take. */
  readonly timeout?: number;
  /** Nothing is shown of what it does. */
  readonly noLog?: boolean;
  /** It is foretold only, even in a run. */
  readonly checkMode?: boolean;
  /** The host on which it is done instead. */
  readonly delegateTo?: Node;
  /** Variables that it sets are that host's. */
  readonly delegateFacts?: boolean;
  /** Whether diffs are shown, whatever the command line says. */
  readonly diff?: boolean;
  /** Absent: what the inventory says of the host. */
  readonly become?: boolean;
  readonly becomeUser?: string;
  /** Absent: what the command line or the inventory says. */
  readonly becomeMethod?: BecomeMethod;
  /** Variables of the task itself. */
  readonly vars: Variables;
  /** Names of entries in {@link Program.scopes}, weakest first. */
  readonly scopes: readonly string[];
  readonly ignoreErrors: boolean;
  /** Package or command provisions, assumed in a dry run. */
  readonly provides: Readonly<Record<string, readonly string[]>>;
  /** Root may change what others could exchange meanwhile. */
  readonly unsafePath?: true;
}

/** What a section holds: tasks, and blocks of them. */
export type TaskNode = TaskSlot | Block;

/** Tasks that belong together: hosts on which one of them fails go through `rescue`, and all that came in through `always`. */
export interface Block {
  readonly kind: 'block';
  readonly ref: TaskRef;
  readonly tasks: readonly TaskNode[];
  readonly rescue: readonly TaskNode[];
  readonly always: readonly TaskNode[];
  /** Hosts that cannot be reached go to `rescue` too. */
  readonly rescueUnreachable: boolean;
  /** The block is gone through once for each item; its tasks know the item. */
  readonly loop?: BlockLoop;
  /** What has to hold for a host to come in; asked once, for each item anew. */
  readonly gate?: BlockGate;
  /** It is for hosts for which a name comes to this; the others pass it by, and nothing is told of it. */
  readonly pick?: BlockPick;
  /** It is a role: hosts that it has run on before stay out, and a task may end it for a host. */
  readonly role?: RoleBlock;
}

/** Which name it is, and with which variables that is evaluated. */
export interface BlockPick extends Pick<TaskSpec, 'vars' | 'scopes' | 'become' | 'becomeUser'> {
  readonly name: Node;
  readonly is: string;
}

/** A role within a play. */
export interface RoleBlock {
  /** The same for calls with the same parameters. */
  readonly key: string;
  /** It runs also where it has run before. */
  readonly repeats?: true;
}

/** The conditions of a block that comes in from a file, and with which variables they are evaluated. */
export interface BlockGate extends Pick<TaskSpec, 'when' | 'vars' | 'scopes' | 'become' | 'becomeUser'> {
  /** Where an expression names the file: which there are. */
  readonly choice?: { readonly name: Node; readonly of: readonly string[] };
  /** The first host alone is asked, and comes in. */
  readonly runOnce?: true;
}

/** What a block goes over, and with which variables that is evaluated. */
export interface BlockLoop extends Pick<TaskSpec, 'vars' | 'scopes' | 'become' | 'becomeUser'> {
  readonly over: Node;
  readonly control?: LoopControl;
}

/** The same task across hosts; the parameters may differ from host to host. */
export interface TaskSlot {
  readonly kind: 'task';
  readonly ref: TaskRef;
  readonly tags: readonly string[];
  readonly throttle?: number;
  readonly runOnce: boolean;
  /** Where it fails on one host, it has failed on all. */
  readonly anyErrorsFatal?: boolean;
  /** Index into `specs` per host. A host that is not named does not have this task, unless it came while the Program runs. */
  readonly hosts: Readonly<Record<string, number>>;
  /** The same for hosts that came while the Program runs. */
  readonly others?: number;
  readonly specs: readonly TaskSpec[];
}

/** A part of a play after which notified handlers run. */
export interface Section {
  readonly name: 'pre_tasks' | 'roles' | 'tasks' | 'post_tasks' | 'verify' | 'chaos' | 'restore';
  readonly tasks: readonly TaskNode[];
  /** Runs even when an earlier section failed. */
  readonly always: boolean;
}

export interface Play {
  readonly name: string;
  readonly at?: Position;
  /** In the order they run. */
  readonly hosts: readonly string[];
  /** Hosts in batches, each going through the whole play before the next. */
  readonly batches: readonly (readonly string[])[];
  readonly sections: readonly Section[];
  /** In definition order. */
  readonly handlers: readonly TaskNode[];
  /** Absent: every host finishes a task before the next begins. */
  readonly strategy?: 'free' | 'host_pinned';
  /** Hosts are shuffled, and cut into batches as long as these. */
  readonly isShuffled?: true;
  /** Per cent of a batch: where more fail, all do. */
  readonly maxFailPercentage?: number;
  /** Handlers of hosts that failed run too. */
  readonly forceHandlers?: true;
  /** Which hosts it has is known only when it begins. */
  readonly open?: OpenPlay;
  /** How its hosts are logged in to, where the inventory does not say. */
  readonly login?: PlayLogin;
  /** This machine does its tasks, for each of its hosts. */
  readonly isLocal?: true;
}

/** What keywords of a play say of logging in. */
export interface PlayLogin {
  readonly connection?: Node;
  readonly port?: Node;
  readonly remote_user?: Node;
}

/** How a play finds its hosts when it begins. */
export interface OpenPlay {
  readonly pattern: string;
  readonly order: HostOrder;
  readonly serial: readonly (number | `${number}%`)[];
}

/** What is said of a group by itself. */
export interface OpenGroup {
  /** Depth in the tree, and priority: the higher wins, then the later name. */
  readonly weight: readonly [number, number];
  /** That stand in the group itself. */
  readonly hosts: readonly string[];
  readonly children: readonly string[];
  readonly inventory: Variables;
  /** Those of group_vars/, which outweigh. */
  readonly files: Variables;
}

/** What hosts that come while the Program runs have from the groups that they come into. */
export interface OpenInventory {
  readonly limit?: string;
  readonly groups: Readonly<Record<string, OpenGroup>>;
  /** What is said of hosts themselves. */
  readonly own: Readonly<Record<string, Variables>>;
}

/** A host of the inventory. */
export interface HostEntry {
  readonly name: string;
  readonly groups: readonly string[];
  /** Inventory variables, the winner of each. */
  readonly variables: Variables;
}

export interface Program {
  readonly version: 1;
  readonly playbook: string;
  readonly inventory: string;
  /** All hosts of the inventory, in order: `hostvars` reaches every one. */
  readonly hosts: Readonly<Record<string, HostEntry>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Variables shared by tasks: play vars, role variables of a host. */
  readonly scopes: Readonly<Record<string, Variables>>;
  /** `-e`: wins over everything. */
  readonly extra: Variables;
  /** Values this program itself provides, such as `lab`. */
  readonly magic: Readonly<Record<string, Json>>;
  /** Roles whose modules the run needs. */
  readonly roles: readonly string[];
  /** What roles found worth a line: nothing is wrong, each said once. */
  readonly advice: readonly string[];
  /** Present where tasks make hosts or groups. */
  readonly open?: OpenInventory;
  readonly plays: readonly Play[];
}
