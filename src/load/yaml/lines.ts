// From an offset in a text to line and column.
import type { Position } from '../../errors/problem.ts';

/** Finds positions in one text; `\n`, `\r\n` and `\r` end a line, a leading byte order mark takes no column. */
export type Locate = (offset: number) => Position;

/** Prepares {@link Locate} for a text: the line starts are found once, each question is a binary search unless it is near the one before. */
export function locateIn(text: string, file: string): Locate {
  const first = text.startsWith('\uFEFF') ? 1 : 0;
  const starts = [first];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  const startOf = (line: number): number => starts[line] ?? Number.POSITIVE_INFINITY;
  let line = 0;
  return offset => {
    // A file is read from its beginning to its end: mostly it is the same line, or the next.
    if (startOf(line) > offset || startOf(line + 2) <= offset) line = lineOf(starts, offset);
    else if (startOf(line + 1) <= offset) line += 1;
    return Object.freeze({ file, line: line + 1, column: Math.max(offset - startOf(line), 0) + 1 });
  };
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
