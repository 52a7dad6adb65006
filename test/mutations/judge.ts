// What became of a fault: a refusal that points at it, or a Program that means something.
import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../src/errors/problem.ts';
import { formatProblem } from '../../src/errors/problem.ts';
import { toValue } from '../../src/load/yaml/to-value.ts';
import { parseYaml } from '../../src/load/yaml/parse-yaml.ts';
import { inputErrorOf } from '../../src/program/input-error.ts';
import type { Mutation } from './mutate.ts';
import type { Subject, Workshop } from './subjects.ts';

/** How far from the fault a refusal may point, in lines. */
const NEAR = 2;

/** How long reading a few files may take. */
const MOST_MILLISECONDS = 20_000;

/** What came of it; `wrong` says what should not have been. */
export type Verdict = { readonly kind: 'refused' | 'compiled' } | { readonly kind: 'wrong'; readonly words: string };

/** Compiles with the fault. */
export async function judge(workshop: Workshop, subject: Subject, mutation: Mutation): Promise<Verdict> {
  const started = Date.now();
  try {
    const program = await workshop.compile(subject, mutation.text);
    if (Date.now() - started > MOST_MILLISECONDS) return wrong(`it took ${Date.now() - started} ms`);
    const again: unknown = JSON.parse(JSON.stringify(program));
    return isDeepStrictEqual(again, program) ? { kind: 'compiled' } : wrong('the Program does not go through JSON');
  } catch (error) {
    const input = inputErrorOf(error);
    if (input === undefined) return wrong(`it crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    if (meansTheSame(subject, mutation)) return wrong(`it means the same and is refused: ${input.message}`);
    if (input.problems.some(problem => isNear(problem, subject, mutation) || namesWhatIsGone(problem, subject, mutation)))
      return { kind: 'refused' };
    return wrong(`the refusal points elsewhere:\n    ${input.problems.map(formatProblem).join('\n    ')}`);
  }
}

function wrong(words: string): Verdict {
  return { kind: 'wrong', words };
}

/** The same values in the same places of the tree: a comment was hit, or a blank. */
function meansTheSame({ text }: Subject, mutation: Mutation): boolean {
  try {
    const [before, after] = [parseYaml(text, ''), parseYaml(mutation.text, '')];
    return before !== undefined && after !== undefined && JSON.stringify(toValue(before)) === JSON.stringify(toValue(after));
  } catch {
    return false;
  }
}

/** Who removes what another place names is told there, by that name: where it stood nobody can know. */
function namesWhatIsGone(problem: Problem, { text }: Subject, { kind, text: after, lines: [first] }: Mutation): boolean {
  const isCommentedOut = after.split('\n')[first - 1]?.trimStart().startsWith('#') === true;
  if (kind !== 'missing key' && kind !== 'type' && !isCommentedOut) return false;
  const left = wordsOf(after);
  const words = new Set(wordsOf(formatProblem(problem)));
  return [...new Set(wordsOf(text))].some(word => words.has(word) && count(left, word) < count(wordsOf(text), word));
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[A-Za-z_]\w{2,}/g) ?? [];
}

function count(words: readonly string[], word: string): number {
  return words.filter(each => each === word).length;
}

/** A problem points at a place, and may name further ones in its words. */
function isNear(problem: Problem, { file }: Subject, { lines: [first, last] }: Mutation): boolean {
  const places = [...formatProblem(problem).matchAll(/([^\s(),]+\.yml):(\d+)/g)].map(([, name, line]) => ({ name, line: Number(line) }));
  return places.some(({ name, line }) => name === file && line >= first - NEAR && line <= last + NEAR);
}
