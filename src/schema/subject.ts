// What is validated: a value, and for each part of it the place where a person wrote it.
import type { Position } from '../errors/problem.ts';

/** Where one part of a value was written. */
export interface Spot {
  readonly at: Position;
  /** Where its key stands. */
  readonly keyAt?: Position;
  /** A scalar as it was typed: `0644` is the number 644. */
  readonly text?: string;
}

/** A value with its places. `locate` gives the nearest place for a path that leads to nothing. */
export interface Subject {
  readonly value: unknown;
  readonly locate: (path: readonly string[]) => Spot | undefined;
}

/** A value that stands at one place as a whole: a default, a rendered value, what a TypeScript role gave. */
export function subjectAt(value: unknown, at: Position | undefined): Subject {
  return { value, locate: () => at && { at } };
}

/** What the value is called in messages. */
export interface Label {
  /** `file.directory`, or a variable's name. */
  readonly what: string;
  /** What its keys are. */
  readonly noun: 'parameter' | 'key';
}
