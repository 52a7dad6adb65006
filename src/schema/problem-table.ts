// Problems by code: every message that validation can give stands in a table, so that a test can demand a case for each.
import type { Problem } from '../errors/problem.ts';

/** A problem that knows which entry of which table made it: `schema.wrong-type`. */
export interface CodedProblem extends Problem {
  readonly code: string;
}

type Maker = (...args: never[]) => Problem;
type Coded<T extends Record<string, Maker>> = { readonly [K in keyof T]: (...args: Parameters<T[K]>) => CodedProblem };

/** Turns makers of problems into makers of coded problems; the code is `<table>.<key>`. */
export function problemTable<const T extends Record<string, Maker>>(name: string, makers: T): Coded<T> {
  const entries = Object.entries(makers).map(([key, make]) => {
    const code = `${name}.${key}`;
    return [key, (...args: never[]): CodedProblem => Object.freeze({ ...make(...args), code })] as const;
  });
  return Object.freeze(Object.fromEntries(entries)) as Coded<T>;
}

/** An optional part of a problem, left out when there is none. */
export function advice(text: string | undefined): { readonly advice?: string } {
  return text === undefined ? {} : { advice: text };
}

/** A place, left out when there is none. */
export function place(at: Problem['at'] | undefined): Pick<Problem, 'at'> {
  return at === undefined ? {} : { at };
}
