// Looks again and again until something is so, with a deadline: the one way anything in the lab waits.
import { setTimeout as delay } from 'node:timers/promises';
import { LabError } from './lab-error.ts';

/** How long, how often, and whether somebody has had enough. */
export interface PollOptions {
  readonly deadline: number;
  readonly every?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Asks until the answer is not undefined. @throws LabError with `late()` after `deadline` milliseconds */
export async function poll<T>(look: () => Promise<T | undefined>, late: () => string | Promise<string>, options: PollOptions): Promise<T> {
  const end = performance.now() + options.deadline;
  for (;;) {
    options.signal?.throwIfAborted();
    const answer = await look();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new LabError(await late());
    await delay(options.every ?? 50, undefined, options.signal ? { signal: options.signal } : {});
  }
}
