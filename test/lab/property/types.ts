// Sequences of module calls, as data: what is generated, run, compared and shrunk.

/** Stands for the variable that the call before registers, until the calls are named. */
export const LAST = 'rLAST';

/** One call of a module: a task. */
export interface Call {
  readonly module: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly when?: string;
  readonly loop?: readonly unknown[];
  readonly notify?: readonly string[];
  readonly become_user?: string;
  readonly unsafe_path?: true;
  readonly provides?: Readonly<Record<string, readonly string[]>>;
  /** It changes something every time it runs. */
  readonly always?: true;
  /** A failure ends the sequence; otherwise the next call goes on. */
  readonly ends?: true;
}

/** A call in its sequence; `id` is also the variable that it registers. */
export interface NamedCall extends Call {
  readonly id: string;
}

/** `wild`: calls may contradict each other. `calm`: each thing is spoken of once, so that the second run has nothing to do. */
export type Temper = 'wild' | 'calm';

/** Calls one after the other, from a state of the host that is made anew for them. */
export interface Sequence {
  readonly seed: number;
  readonly temper: Temper;
  /** Shell lines that make the state it starts from; one that fails is passed over. */
  readonly start: readonly string[];
  readonly calls: readonly NamedCall[];
}
