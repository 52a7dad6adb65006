// Waiting for something to come about: a look every 20 ms, and a deadline.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves once it holds; fails after ten seconds, with the words given. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, `in 10 s it did not come about that ${what}`);
    await sleep(20);
  }
}
