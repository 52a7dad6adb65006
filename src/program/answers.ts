// Answers to the prompts of plays, as a person typed them before the run.
import type { PromptSource } from '../load/types.ts';

/** Answers by prompt. */
export type Answers = ReadonlyMap<string, string>;

/** What tells prompts apart: the same question about the same variable is asked once, however many plays have it. */
export function promptKey({ name, question }: Pick<PromptSource, 'name' | 'question'>): string {
  return `${name}\n${question}`;
}
