// Conditions of a task on a host: whether they all hold.
import { evaluateCondition } from '../../expression/evaluate-condition.ts';
import type { Condition } from '../../program/types.ts';
import { Unknown } from '../../util/unknown.ts';
import { withScope, type Asked, type TaskSurroundings } from './scopes.ts';

/** All hold: true. One does not: its text. One cannot be known, and none is false: unknown. @param doubts what is not known besides */
export async function holdAll(
  { engine, host, user }: Asked,
  around: TaskSurroundings,
  conditions: readonly Condition[],
  doubts: readonly string[] = [],
): Promise<true | string | Unknown> {
  const because = [...doubts];
  for (const { text, at } of conditions) {
    const texts = (): string => text;
    const holds = await withScope(engine, host, around, user, texts, scope => evaluateCondition(text, scope, at));
    if (holds === false) return text;
    if (holds instanceof Unknown) because.push(...holds.because);
  }
  return because.length === 0 ? true : new Unknown(because);
}
