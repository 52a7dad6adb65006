// Places inside a text that itself stands in a file.
import type { Position } from '../errors/problem.ts';

/** A place in a text: line from 1, column from 0, as the parsers count. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * The place in the file, for a text whose first character is at `at`. Lines of a block are indented alike, and a
 * file's text begins in column 1, so every line's columns count from the column of `at`.
 */
export function placeWithin(at: Position | undefined, place: TextPlace): Position | undefined {
  if (at === undefined) return undefined;
  return { file: at.file, line: at.line + place.line - 1, column: at.column + place.column };
}

/** The place of an offset in a text. */
export function placeOfOffset(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length };
}

/** The offset of a place in a text. */
export function offsetOfPlace(text: string, place: TextPlace): number {
  let offset = 0;
  for (let line = 1; line < place.line; line++) {
    const end = text.indexOf('\n', offset);
    if (end < 0) break;
    offset = end + 1;
  }
  return offset + place.column;
}
