// What every part of a run shares: the Program, the hosts, the way to reach them, and where events go.
import type { Artifact, LocalFile } from '../../schema/resolved.ts';
import type { AnyModule } from '../../modules/contract.ts';
import type { Fact, FactRef } from '../../facts/contract.ts';
import type { LiveInventory } from '../../program/live-inventory.ts';
import type { Program, TaskSlot } from '../../program/types.ts';
import type { Emit, Mode, TaskRef } from '../../report/events.ts';
import type { Session } from '../../session/types.ts';
import type { HostRun } from './host-run.ts';
import type { Approval, Ledger } from './ledger.ts';

/** Lends sessions. A session belongs to the lender and is closed by it. */
export interface SessionLender {
  /** @throws UnreachableError */
  session(host: string, becomeUser: string | undefined): Promise<Session>;
  /** Closes everything to a host; the next session is a new login, with new groups and a new environment. */
  renew(host: string): Promise<void>;
  /** The fingerprint of the key that a host showed, `SHA256:…`; undefined where it shows none. @throws UnreachableError */
  hostKey(host: string): Promise<string | undefined>;
}

/** Foresees questions. What it names is read along with others; nothing rests on it. */
export interface Ahead {
  /**
   * The facts that coming tasks of a host will ask for as this user, as far as that is known.
   * @param asked what is asked for anyway; undefined beside a change, where not all that is to come is looked at
   */
  of(
    engine: Engine,
    host: HostRun,
    user: string | undefined,
    asked: readonly FactRef<unknown>[] | undefined,
  ): Promise<readonly FactRef<unknown>[]>;
  /** Told as a task begins: what lies before it is no longer ahead. */
  reached(slot: TaskSlot, hosts: readonly HostRun[]): void;
  /** Told as something begins to be changed. */
  stir(): void;
  /** Whether anything was changed in this run. */
  isStirred(): boolean;
}

/** Hosts that go through a play together. */
export interface Group {
  /** Does the work of a host at a task of them all: until it has ended or come to a change, the first change of the others waits. */
  during<T>(host: HostRun, work: () => Promise<T>): Promise<T>;
  /**
   * Sees to it that no other run changes hosts of the group while this one does. One that is by itself takes its turn along with its change.
   * @throws TaskFailure when it is another run's turn
   */
  take(engine: Engine, host: HostRun, user: string | undefined): Promise<void>;
}

/** Choices of a run. */
export interface RunOptions {
  readonly mode: Mode;
  readonly forks: number;
  readonly diff: boolean;
  /** Compare what changes promised with what is read afterwards. */
  readonly prove: boolean;
  /** Look at contents where sizes and times are trusted otherwise. */
  readonly thorough?: boolean;
  /** Rolling changes begin with this member; those before it in the order are left as they are. */
  readonly from?: string;
  /** Every task asks for itself: slower, and the same in all else. */
  readonly oneByOne?: boolean;
}

/** A run, as hosts and other runs know it. */
export interface RunTurn {
  /** Other for each run. Letters and digits. */
  readonly run: string;
  /** Whose it is, and from where: `jo@laptop`. */
  readonly by: string;
  readonly since: string;
  /** Seconds that another run is waited for. */
  readonly wait: number;
  /** Whether another run is ended. */
  readonly breaks: boolean;
  /** Whether others are expected: then the hosts of a batch are had together, for one trip more to each. */
  readonly together: boolean;
}

export interface Engine {
  readonly program: Program;
  readonly modules: ReadonlyMap<string, AnyModule>;
  /** The catalogue behind `facts.*`. */
  readonly hostFacts: Readonly<Record<string, Fact<Record<string, never>, unknown>>>;
  /** Grows while the run goes on, where tasks add hosts. */
  readonly hosts: Map<string, HostRun>;
  /** The hosts and groups that there are by now. */
  readonly inventory: LiveInventory;
  readonly sessions: SessionLender;
  readonly fetchArtifact: (source: string, checksum: string | undefined, signal: AbortSignal) => Promise<Artifact>;
  readonly fetchFile: (source: string, checksum: string | undefined, signal: AbortSignal) => Promise<LocalFile>;
  readonly options: RunOptions;
  readonly emit: Emit;
  /** Seconds that one step of the task may take. */
  readonly limit?: number;
  /** What keeps other runs away from hosts that are changed; absent in a dry run, which changes none. */
  readonly turn?: RunTurn;
  /** The hosts that go through the play together; they have their turns together. */
  readonly group?: Group;
  readonly ledger?: Ledger;
  readonly approval?: Approval;
  /** Asked before each task whether it is done; absent: all are. */
  readonly step?: (task: TaskRef) => Promise<boolean>;
  /** Foresees what coming tasks will ask for, so that it is read along. Absent: every task asks for itself. */
  readonly ahead?: Ahead;
  /** Told every secret that a task was given, so that it is masked wherever it turns up. */
  readonly addSecret: (text: string) => void;
  /** A text without the secrets that are known so far. */
  readonly mask?: (text: string) => string;
  /** Fires on the first interruption: begin nothing new. */
  readonly stop: AbortSignal;
  /** Fires on the second: end what is running. */
  readonly kill: AbortSignal;
}

/** A task in words, for reasons: `task 12 "read the id" (playbooks/x.yml:31)`. */
export function describeTask(slot: TaskSlot): string {
  const { ref } = slot;
  const at = ref.at ? ` (${ref.at.file}:${ref.at.line})` : '';
  return ref.handler ? `handler "${ref.name}"${at}` : `task ${ref.id} "${ref.name}"${at}`;
}

/** Whether nothing may be changed. */
export function isCheck(engine: Engine): boolean {
  return engine.options.mode === 'check';
}
