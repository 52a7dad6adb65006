// What is said of a value that does not fit its schema. Each entry has a case in the tests.
import type { Position } from '../errors/problem.ts';
import { advice, place, problemTable } from './problem-table.ts';

/** Where something is wrong, and what it is called: `"mode" of file.directory`. */
export interface Thing {
  readonly at: Position | undefined;
  readonly name: string;
}

/** What was found and what to write; either may be left unsaid. */
export interface Found {
  readonly got?: string;
  readonly advice?: string | undefined;
}

function found({ got, advice: text }: Found): { readonly got?: string; readonly advice?: string } {
  return { ...(got === undefined ? {} : { got }), ...advice(text) };
}

export const schemaProblems = problemTable('schema', {
  'wrong-type': (thing: Thing, type: string, rest: Found) => ({
    ...place(thing.at),
    what: `${thing.name} must be ${type}`,
    ...found(rest),
  }),
  'wrong-kind': (thing: Thing, kind: string, rest: Found) => ({
    ...place(thing.at),
    what: `${thing.name} must be ${kind}`,
    ...found(rest),
  }),
  'not-listed': (thing: Thing, allowed: readonly unknown[], rest: Found) => ({
    ...place(thing.at),
    what: allowed.length === 1 ? `${thing.name} must be ${String(allowed[0])}` : `${thing.name} must be one of ${allowed.join(', ')}`,
    ...found(rest),
  }),
  'out-of-range': (thing: Thing, range: string, rest: Found) => ({
    ...place(thing.at),
    what: `${thing.name} must be ${range}`,
    ...found(rest),
  }),
  'no-match': (thing: Thing, pattern: string, rest: Found) => ({
    ...place(thing.at),
    what: `${thing.name} must match ${pattern}`,
    ...found(rest),
  }),
  'too-short': (thing: Thing, length: number, rest: Found) => ({
    ...place(thing.at),
    what: length === 1 ? `${thing.name} must not be empty` : `${thing.name} must have at least ${length} characters`,
    ...found(rest),
  }),
  'too-few': (thing: Thing, count: number, rest: Found) => ({
    ...place(thing.at),
    what: `${thing.name} must have at least ${count === 1 ? '1 item' : `${count} items`}`,
    ...found(rest),
  }),
  missing: (thing: Thing, key: string) => ({ ...place(thing.at), what: `${thing.name} needs ${JSON.stringify(key)}` }),
  unknown: (thing: Thing, noun: string, key: string, text: string | undefined) => ({
    ...place(thing.at),
    what: `unknown ${noun} ${JSON.stringify(key)} of ${thing.name}`,
    ...advice(text),
  }),
});
