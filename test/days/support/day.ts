// A bad day as data: what a host is like, what is played on it, and what has to come of it. Rows of the table in docs/bad-days.md.
import type { Ended, Running } from '../../cli/support/program.ts';
import type { Project } from '../../cli/support/project.ts';

/** A place that is prepared for a row, and gone when it is disposed of, whatever became of the run. */
export interface Scene extends AsyncDisposable {
  /** The inventory, as YAML (or JSON). */
  readonly inventory: string;
  /** Beside what every run of the program is told in its environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** One row. */
export interface Day<S extends Scene = Scene> {
  /** What is bad about it, as the table calls it. */
  readonly name: string;
  /** Why this machine cannot have such a day; undefined when it can. */
  readonly lacks?: () => string | undefined;
  readonly prepare: (project: Project) => S | Promise<S>;
  /** As YAML; `{{ where }}` is the folder of the project. */
  readonly playbook: string;
  /** Beside `run play.yml -i hosts.yml -e where=…`. */
  readonly args?: readonly string[];
  /** What happens while the program runs. */
  meanwhile?(scene: S, running: Running): Promise<void>;
  readonly expect: {
    readonly exitCode: number;
    /** Stands in what is printed, white space aside; `…` is whatever differs from one machine to the next. Undefined: nothing is said of it. */
    readonly message?: string;
    /** What is left behind, in words; `check` sees to it. */
    readonly left: string;
  };
  /** Fails unless it is as `expect.left` says. */
  check(scene: S, ended: Ended, project: Project): void | Promise<void>;
  /** Takes the trouble away: the next run must finish the job, with exit code 0. */
  mend?(scene: S): void | Promise<void>;
  /** Fails unless the run after {@link Day.mend} has done all. */
  mended?(scene: S, ended: Ended, project: Project): void | Promise<void>;
}

/** The rows of one file in `rows/`, which exports it as `TABLE`. */
export interface DayTable {
  /** The heading in docs/bad-days.md. */
  readonly title: string;
  readonly days: readonly Day[];
}
