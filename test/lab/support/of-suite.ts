// What stands while the tests of a suite run: up before the first of them, down after the last.
import { needLab } from './lab-inventory.ts';

/** To be called in `describe`. The suite is skipped where there can be no lab. @returns what stands; throws before it does */
export function ofSuite<T extends AsyncDisposable>(start: () => Promise<T>): () => T {
  let standing: T | undefined;
  before(async function () {
    this.timeout(600_000);
    await needLab(this);
    standing = await start();
  });
  after(async function () {
    this.timeout(120_000);
    await standing?.[Symbol.asyncDispose]();
  });
  return () => {
    if (standing === undefined) throw new Error('the lab of a suite is up in its hooks and tests, and not before');
    return standing;
  };
}
