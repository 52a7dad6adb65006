// Facts: one thing that can be read on one host. Text out, parse in, both pure. The engine does the reading.
import { canonical } from '../util/canonical.ts';
import { deepFreeze } from '../util/freeze.ts';
import type { ShellText } from '../util/shell.ts';
import type { Resource } from './resource.ts';

/** What a probe printed. Texts are UTF-8 decoded; use `bytes` where that would lose something. */
export interface ProbeOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
  readonly bytes: Uint8Array;
}

export type FactArguments = Readonly<Record<string, unknown>>;

/** How a fact is read for several arguments at once. */
export interface Together<A extends FactArguments, V> {
  /** @param all at least two, each other than the rest */
  readonly probe: (all: readonly A[]) => ShellText;
  /** The values in the order of the arguments; undefined where that cannot be told from the output: then each is read by itself. */
  readonly parse: (output: ProbeOutput, all: readonly A[]) => readonly V[] | undefined;
}

/** How a fact is read and understood. */
export interface FactDefinition<A extends FactArguments, V> {
  /** `family.noun`, as it stands in the catalogue. */
  readonly name: string;
  /** One line for the catalogue: what the value is, with units. */
  readonly summary: string;
  /** The read-only command whose output is parsed. It may fail; `parse` sees the status. */
  readonly probe: (args: A) => ShellText;
  /** What the answer depends on. */
  readonly reads: (args: A) => readonly Resource[];
  /** @throws Error with words for a person when the output makes no sense; the task fails with them */
  readonly parse: (output: ProbeOutput, args: A) => V;
  /** The value when the thing does not exist: the base that `with` patches in a dry run. */
  readonly absent: V;
  /** `slow` facts (a JVM, a network call) are never read ahead. */
  readonly cost: 'cheap' | 'slow';
  /** The same fact of several arguments in as few processes as one. Without it each is read by a command of its own. */
  readonly together?: Together<A, V>;
  /** For facts about the session itself: the value for a user whom an earlier task will make, since nothing can run as them yet. */
  readonly ofForetoldUser?: (account: {
    readonly name: string;
    readonly group: string;
    readonly groups: unknown;
    readonly uid: unknown;
    readonly home: string;
  }) => V;
  /** What tsplay keeps on the host about its sessions, by the account that is logged in to: never asked as a user who is become for each task. */
  readonly ofSession?: boolean;
  /** What a drift check reads instead: it looks at contents where `probe` trusts sizes and times. Parsed by the same `parse`. */
  readonly thorough?: (args: A) => ShellText;
  /** The part of the value that stays as it is while nobody changes anything: what a saved plan stands on. Default: all of it. */
  steady?(value: V): unknown;
  /** The value is what somebody's file holds or program prints: a saved plan keeps a digest of it, never the value. */
  readonly isContent?: boolean;
  /** Tools beyond sh, test, cat, ls, dd, sed and awk that the probe needs. */
  readonly tools?: readonly string[];
}

/** One fact about one host: a definition with its arguments. Two refs with the same `key` are the same fact. */
export interface FactRef<V> {
  readonly definition: FactDefinition<never, V>;
  readonly args: FactArguments;
  /** The host that is asked; absent means the host whose task it is. */
  readonly host?: string;
  readonly key: string;
  /** What the answer depends on. */
  readonly reads: () => readonly Resource[];
  /** What this fact will read after a change: the named attributes replaced, the others as they were. */
  with(patch: Partial<V>, assumed?: string): FactSet<V>;
  /** What this fact will read after a change, whole. */
  becomes(value: V, assumed?: string): FactSet<V>;
  /** The same fact of another host. */
  on(host: string): FactRef<V>;
  /** The same fact of another path; for facts with an argument `path`. */
  at(path: string): FactRef<V>;
}

/** A promise a change makes about a fact. */
export interface FactSet<V = unknown> {
  readonly ref: FactRef<V>;
  /** The attributes that will read otherwise; the others stay. */
  readonly patch?: Partial<V> | undefined;
  /** The whole value; used when there is no patch. */
  readonly value?: V | undefined;
  /** The assumption this rests on, in words: `package "zookeeperd" brings unit zookeeper.service`. */
  readonly assumed?: string;
  /** The value stands for others that would do as well, such as who is elected, or shows only a while later: `assumed` says so, and `--prove` takes any. */
  readonly standsIn?: boolean;
  /** The thing is made only where there is none: what is there stays as it is. */
  readonly unlessThere?: boolean;
}

/** A function from arguments to the ref, carrying its definition for the catalogue. */
export interface Fact<A extends FactArguments, V> {
  (args: A): FactRef<V>;
  readonly definition: FactDefinition<A, V>;
}

/** Defines a fact. */
export function defineFact<A extends FactArguments, V>(definition: FactDefinition<A, V>): Fact<A, V> {
  const frozen = deepFreeze(definition);
  const make = (args: A): FactRef<V> => refer(frozen, args);
  return Object.freeze(Object.assign(make, { definition: frozen }));
}

function refer<A extends FactArguments, V>(definition: FactDefinition<A, V>, args: A, host?: string): FactRef<V> {
  let reads: readonly Resource[] | undefined;
  let moved: FactRef<V> | undefined;
  const ref: FactRef<V> = {
    definition: definition,
    args,
    key: `${definition.name}${canonical(args)}`,
    reads: () => (reads ??= definition.reads(args)),
    with: (patch, assumed) => Object.freeze({ ref, patch, ...(assumed !== undefined && { assumed }) }),
    becomes: (value, assumed) => Object.freeze({ ref, value, ...(assumed !== undefined && { assumed }) }),
    on: other => refer(definition, args, other),
    at: path => {
      // Where a path really leads is the same time and again.
      if (moved?.args['path'] !== path) moved = refer(definition, { ...args, path }, host);
      return moved;
    },
    ...(host !== undefined && { host }),
  };
  return Object.freeze(ref);
}
