// Problems are collected, not thrown one by one: whoever reads a file is handed a report, and one error closes the whole load.
import { InputError } from '../errors/errors.ts';
import { formatProblem, type Problem } from '../errors/problem.ts';

/** Takes note of a problem; the work goes on with what can still be read. */
export type Report = (problem: Problem) => void;

/**
 * Runs work that reports problems; it gives undefined only when it has reported one.
 * @throws InputError with all of them, sorted by file, line and column, when there is any
 */
export async function collectProblems<T>(work: (report: Report) => Promise<T | undefined>): Promise<T> {
  const problems: Problem[] = [];
  const result = await attempt(
    () => work(problem => problems.push(problem)),
    problem => problems.push(problem),
  );
  if (problems.length > 0 || result === undefined) throw new InputError(sortProblems(problems));
  return result;
}

/** A report that remembers whether anything was told. */
export interface WatchedReport {
  readonly report: Report;
  readonly isSound: () => boolean;
}

/** Passes problems on and remembers that there were some. */
export function watchReport(report: Report): WatchedReport {
  let count = 0;
  return {
    report: problem => {
      count++;
      report(problem);
    },
    isSound: () => count === 0,
  };
}

/** Runs a step that may throw an {@link InputError}; its problems join the report, and the step gives undefined. */
export async function attempt<T>(step: () => Promise<T> | T, report: Report): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    error.problems.forEach(report);
    return undefined;
  }
}

/** The same of a step that waits for nothing. */
export function attemptNow<T>(step: () => T, report: Report): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    error.problems.forEach(report);
    return undefined;
  }
}

/** By file, line and column, those without a place first; the same words at the same place once. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const distinct = [...new Map(problems.map(problem => [formatProblem(problem), problem])).values()];
  return distinct.sort((a, b) => {
    if (a.at === undefined || b.at === undefined) return Number(a.at !== undefined) - Number(b.at !== undefined);
    if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
    return a.at.line - b.at.line || a.at.column - b.at.column;
  });
}
