// The plain reporter: lines for a pipe, a log or CI. Says what changed, failed or waits; what is as described is counted.
import { rememberAssumptions } from './assumptions.ts';
import type { Event, Mode, TaskRef, TaskResult } from './events.ts';
import { createPaint } from './colour.ts';
import type { ResultGroup } from './group-results.ts';
import { playHeading, runHeading, taskHeading } from './heading.ts';
import { holdResults } from './held-results.ts';
import { rollLines } from './order.ts';
import { createQuietCount } from './quiet-count.ts';
import { createRecapFold } from './recap.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { changeLines, resultLines } from './result-lines.ts';
import { recapRows, summaryLines } from './summary-lines.ts';
import { createWriter } from './writer.ts';

/** What the live reporter asks for besides: it shows waiting in its own way. */
export interface PlainOptions extends ReporterOptions {
  /** Whether hosts that wait get lines. Default true. */
  readonly waiting?: boolean;
}

/** Writes a run as lines. The same events give the same text. */
export function createPlainReporter(options: PlainOptions): Reporter {
  const page = new PlainPage(options);
  return { emit: event => page.take(event), close: () => page.close() };
}

class PlainPage {
  readonly #options: PlainOptions;
  readonly #writer;
  readonly #paint;
  readonly #held = holdResults();
  #fold = createRecapFold();
  readonly #quiet = createQuietCount();
  readonly #assumptions = rememberAssumptions();
  /** Hosts that were lost and of which no result has told yet. */
  readonly #lost = new Map<string, string>();
  #mode: Mode = 'run';
  #task: TaskRef | undefined;
  /** The task whose heading stands last on the page. */
  #headed: string | undefined;
  #isFinished = false;
  #isBegun = false;

  constructor(options: PlainOptions) {
    this.#options = options;
    this.#writer = createWriter(options.stream);
    this.#paint = createPaint(options.colour);
  }

  take(event: Event): void {
    if (event.kind === 'run-started' && this.#isFinished) this.#beginAnew();
    this.#isBegun = true;
    this.#fold.add(event);
    switch (event.kind) {
      case 'run-started':
        this.#mode = event.mode;
        this.#write(this.#paint('bold', runHeading(event.playbook, event.inventory, event.hosts.length, event.mode)));
        return;
      case 'play-started':
        this.#turnTo(undefined);
        this.#countQuiet();
        this.#write('', this.#paint('bold', playHeading(event.play, event.hosts)));
        return;
      case 'task-started':
        this.#turnTo(event.task);
        this.#held.expect(event.hosts);
        if (this.#isVerbose(1)) this.#head(event.task);
        return;
      case 'roll':
        this.#under(event.task, ...rollLines(event));
        return;
      case 'waiting':
        if (this.#options.waiting !== false) this.#under(event.task, `  waiting: [${event.host}] for ${event.for}`);
        return;
      case 'change':
        if (this.#isVerbose(2))
          this.#under(
            event.task,
            this.#paint('dim', `  ${this.#mode === 'check' ? 'foretold' : 'changing'}: [${event.host}]`),
            ...changeLines(event.change, this.#paint),
          );
        return;
      case 'proof':
        this.#under(event.task, `  ${this.#paint('green', '✓')} [${event.host}] ${event.text}`);
        return;
      case 'notified':
        if (this.#isVerbose(1)) this.#write(this.#paint('dim', `  notified: [${event.host}] ${event.handler}`));
        return;
      case 'task-result':
        this.#takeResult(event);
        return;
      case 'host-lost':
        this.#release();
        this.#lost.set(event.host, event.message);
        return;
      case 'note':
        this.#release();
        this.#write(event.level === 'warning' ? this.#paint('yellow', `  warning: ${event.text}`) : `  note: ${event.text}`);
        return;
      case 'interrupted':
        this.#turnTo(undefined);
        this.#write(
          '',
          this.#paint(
            'yellow',
            event.signal === 'first'
              ? 'INTERRUPTED: nothing new is begun, once more ends what runs'
              : 'INTERRUPTED AGAIN: what runs is being ended',
          ),
        );
        this.#write(...event.running.map(({ host, task }) => `  running: [${host}] ${task}`));
        return;
      case 'run-finished':
        this.#turnTo(undefined);
        this.#countQuiet();
        this.#isFinished = true;
        this.#write(...summaryLines({ mode: this.#mode, finish: event, totals: this.#fold.totals() }, this.#paint));
        return;
    }
    event satisfies never;
  }

  async close(): Promise<void> {
    if (this.#isBegun && !this.#isFinished) {
      this.#isFinished = true;
      this.#turnTo(undefined);
      this.#countQuiet();
      this.#write(
        '',
        this.#paint('red', this.#options.unfinished ?? 'the run ended before its summary; up to there'),
        ...recapRows(this.#fold.recap(), this.#mode, this.#paint),
      );
    }
    await this.#writer.flush();
  }

  /** The next playbook has a summary of its own. */
  #beginAnew(): void {
    this.#write('');
    this.#fold = createRecapFold();
    this.#isFinished = false;
  }

  #takeResult(result: TaskResult): void {
    if (result.status === 'unreachable') this.#lost.delete(result.host);
    if (result.task.id !== this.#task?.id) this.#turnTo(result.task);
    if (this.#isVerbose(1)) this.#show([{ hosts: [result.host], result }]);
    else this.#show(this.#held.add(result));
  }

  #show(groups: readonly ResultGroup[]): void {
    for (const group of groups) {
      const { task } = group.result;
      if (this.#isVerbose(1) || !this.#quiet.swallows(group)) {
        this.#head(task);
        const reading = { mode: this.#mode, paint: this.#paint, timed: this.#isVerbose(1), assumptions: this.#assumptions };
        this.#write(...resultLines(group, reading));
      }
    }
  }

  /** Another task has the word: what the one before still holds is said first. */
  #turnTo(task: TaskRef | undefined): void {
    this.#release();
    for (const [host, message] of this.#lost) this.#write(this.#paint('red', `  unreachable: [${host}] ${message}`));
    this.#lost.clear();
    this.#held.expect([]);
    this.#task = task;
    if (this.#headed !== task?.id) this.#headed = undefined;
  }

  #release(): void {
    this.#show(this.#held.release());
  }

  #head(task: TaskRef): void {
    this.#quiet.heard(task.id);
    if (this.#headed === task.id) return;
    this.#headed = task.id;
    this.#write(this.#paint('bold', taskHeading(task, this.#isVerbose(1))));
  }

  /** Lines beneath a task, at once. */
  #under(task: TaskRef, ...lines: readonly string[]): void {
    this.#release();
    this.#head(task);
    this.#write(...lines);
  }

  #countQuiet(): void {
    const words = this.#quiet.sum();
    if (words !== undefined) this.#write(this.#paint('dim', `  ${words}`));
  }

  #isVerbose(level: number): boolean {
    return this.#options.verbosity >= level;
  }

  #write(...lines: readonly string[]): void {
    if (lines.length > 0) this.#writer.line(lines.join('\n'));
  }
}
