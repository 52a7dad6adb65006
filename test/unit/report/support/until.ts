// Waiting in tests: a look every 10 ms, and a deadline.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves once it holds; fails after five seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, 'it did not come about in 5 s');
    await sleep(10);
  }
}
