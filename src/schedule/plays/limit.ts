// At most so many at once.
import { Gate } from '../../util/gate.ts';

/** Runs `work` for every item, at most `limit` at the same time, and waits for all. The first rejection is thrown after all have ended. */
export async function forEachLimited<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const gate = new Gate(Math.max(1, limit));
  const failures: unknown[] = [];
  await Promise.all(items.map(item => gate.pass(() => work(item)).catch((error: unknown) => failures.push(error))));
  if (failures.length > 0) throw failures[0];
}
