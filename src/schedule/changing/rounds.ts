// The rounds of a module: asked, mended, asked again, until the answer is empty. The same for one host and for a cluster.
import type { AnyModule } from '../../modules/contract.ts';
import type { Change, Step } from '../../modules/steps.ts';
import { canonical } from '../../util/canonical.ts';
import { TaskFailure } from '../state/task-failure.ts';

/** Keeps count, and notices a module that repeats itself. */
export class Rounds {
  readonly #module: string;
  readonly #limit: number;
  readonly #done = new Set<string>();
  #asked = 0;

  constructor(module: AnyModule, params: Readonly<Record<string, unknown>>) {
    this.#module = module.name;
    this.#limit = module.rounds?.(params) ?? 1;
  }

  /** Whether the module is asked (again). Always once. */
  get isAsked(): boolean {
    return this.#asked <= this.#limit;
  }

  /** Whether it is asked after the steps of the answer that was taken last. */
  get isAskedAgain(): boolean {
    return this.#asked <= this.#limit;
  }

  /** @throws TaskFailure when the run was interrupted between two rounds: what is left is for the next run */
  refuseWhenStopped(stop: AbortSignal): void {
    if (stop.aborted && this.#asked > 0 && this.#limit > 1)
      throw new TaskFailure('interrupted between two steps; the next run goes on from here');
  }

  /** Notes an answer. @throws TaskFailure for an unmet requirement, a change that was already made, and what is left after the last round */
  take(steps: readonly Step[]): void {
    const unmet = steps.find(step => step.kind === 'unmet');
    if (unmet) throw new TaskFailure(unmet.message, unmet.on, { mayPass: true });
    for (const step of steps) if (step.kind === 'change') this.#notice(step);
    if (this.#limit > 0 && this.#asked === this.#limit) this.#refuseWhatIsLeft(steps);
    this.#asked += 1;
  }

  /** Nobody would look whether these steps brought about what was wanted. */
  #refuseWhatIsLeft(steps: readonly Step[]): void {
    const after = `after ${this.#limit === 1 ? 'one round' : `${this.#limit} rounds`}`;
    for (const step of steps) {
      if (step.kind === 'change')
        throw new TaskFailure(
          `${step.attribute} still differs ${after}: is ${shown(step.from)}, should be ${shown(step.to)} (${this.#module})`,
          step.on,
        );
      if (step.kind === 'wait') throw new TaskFailure(`still waits ${after} for: ${step.for} (${this.#module})`, step.on);
    }
  }

  #notice(change: Change): void {
    const key = canonical([change.on, change.attribute, change.to]);
    if (this.#done.has(key)) {
      throw new TaskFailure(
        `${change.attribute} still differs after it was changed: is ${shown(change.from)}, should be ${shown(change.to)} (${this.#module})`,
        change.on,
      );
    }
    this.#done.add(key);
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : canonical(value);
}
