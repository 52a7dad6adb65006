// What a module has to show on a real host, as data.

/** Something is broken on the host from outside. */
export interface Break {
  /** In words: what happens. */
  readonly what: string;
  /** Shell text, run on the host as root. */
  readonly by: string;
  /** `task | attribute | to`, as the check foretells it and the run changes it; empty for what is not noticed by design. */
  readonly noticed?: readonly string[];
  /** The check and the run both fail, with these words. */
  readonly fails?: RegExp;
}

/** A module that mends: it converges, repeats to nothing, is foretold and notices what was broken. */
export interface MendingCase {
  readonly module: string;
  /** A present-tense fact, as in `makes a directory`. */
  readonly does: string;
  /** Shell text, run on the host as root before anything else. */
  readonly prepare?: string;
  /** A list of tasks in YAML. */
  readonly tasks: string;
  /** `task | attribute | to` on the fresh host. */
  readonly foretold: readonly string[];
  /** The paths that differ on the host afterwards: each is explained by one of these, and each of these explains one. */
  readonly leaves: readonly (string | RegExp)[];
  /** Shell text for eyes that are not tsplay's, and what it prints once all is well: after the run, and after everything broken was mended. */
  readonly look?: string;
  readonly shows?: string;
  /** It runs always: the second run changes the same again. */
  readonly always?: true;
  readonly breaks: readonly Break[];
}

/** A module that looks, waits or says, and never changes anything. */
export interface WatchingCase {
  readonly module: string;
  readonly does: string;
  readonly prepare?: string;
  readonly tasks: string;
  /** What the last task says while all is well: in the check and in the run. */
  readonly says?: { readonly check: string | undefined; readonly run: string | undefined };
  /** What is broken, and the words of the failure; undefined where the mode cannot know. */
  readonly broken?: { readonly by: string; readonly check: RegExp | undefined; readonly run: RegExp };
}

/** Tasks that build on each other, on a host where nothing of it is there. */
export interface Sequence {
  readonly does: string;
  /** Plays without hosts and become, in YAML: `tasks:` and, if there are any, `handlers:`. */
  readonly play: string;
  /** Tasks that change nothing. */
  readonly still: readonly string[];
  /** Words of the check's results with status unknown, by task. */
  readonly unknown?: Readonly<Record<string, RegExp>>;
  /** Tasks that run always. */
  readonly always?: readonly string[];
  readonly look: string;
  readonly shows: string;
  readonly breaks: readonly { readonly what: string; readonly by: string; readonly noticed: readonly string[] }[];
}
