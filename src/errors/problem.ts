// A problem in what a person wrote: where, what, and what to write instead. Everything before the Program speaks in these.

/** A place in a file a person can open; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with the input, in the house's message form: lower case, no full stop. */
export interface Problem {
  readonly at?: Position;
  /** What is wrong: `unknown parameter "onwer" of file.directory`. */
  readonly what: string;
  /** What was found instead, when naming it helps: `the number 644`. */
  readonly got?: string;
  /** What to do: `did you mean "owner"?` or `write it as a quoted string: "0644"`. */
  readonly advice?: string;
}

/** A position as people and editors read it: `file:line:column`. */
export function formatPosition(at: Position): string {
  return `${at.file}:${at.line}:${at.column}`;
}

/** One problem on one line: `file:line:column  what, got what, do what`. */
export function formatProblem(problem: Problem): string {
  const parts = [problem.what];
  if (problem.got !== undefined) parts.push(`got ${problem.got}`);
  if (problem.advice !== undefined) parts.push(problem.advice);
  const text = parts.join(', ');
  return problem.at ? `${formatPosition(problem.at)}  ${text}` : text;
}
