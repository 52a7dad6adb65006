// Editing a text by a block of lines between two lines that mark it. Pure text in, text out.
import { joinLines, splitLines, spotFor, type Edited, type LinePlace } from './edit-lines.ts';

/** The lines that a block stands between. */
export interface Markers {
  readonly begin: string;
  readonly end: string;
}

/** Why the block cannot be told from the rest, in words; undefined when it can, or is not there. */
export function blockProblem(text: string, { begin, end }: Markers): string | undefined {
  const lines = splitLines(text);
  const [begins, ends] = [begin, end].map(marker => lines.filter(line => line === marker).length) as [number, number];
  if (begins === 0 && ends === 0) return undefined;
  if (begins === 1 && ends === 1 && lines.indexOf(begin) < lines.indexOf(end)) return undefined;
  return `has the lines ${JSON.stringify(begin)} and ${JSON.stringify(end)} not once each in this order; put them right by hand`;
}

/** The text with the block in it: where it stands already, else where it is said to go, else at the end. */
export function withBlock(text: string, block: readonly string[], markers: Markers, place: Omit<LinePlace, 'match'>): Edited | undefined {
  const lines = splitLines(text);
  const marked = [markers.begin, ...block, markers.end];
  const from = lines.indexOf(markers.begin);
  if (from < 0) return { text: joinLines(lines.toSpliced(spotFor(lines, place), 0, ...marked)), gone: [] };
  const edited = joinLines(lines.toSpliced(from, lines.indexOf(markers.end) - from + 1, ...marked));
  return edited === joinLines(lines) ? undefined : { text: edited, gone: within(lines, markers) };
}

/** The text without the block and the lines that mark it. */
export function withoutBlock(text: string, markers: Markers): Edited | undefined {
  const lines = splitLines(text);
  const from = lines.indexOf(markers.begin);
  if (from < 0) return undefined;
  return { text: joinLines(lines.toSpliced(from, lines.indexOf(markers.end) - from + 1)), gone: within(lines, markers) };
}

/** Whether a block stands there, empty or not. */
export function hasBlock(text: string, { begin }: Markers): boolean {
  return splitLines(text).includes(begin);
}

function within(lines: readonly string[], { begin, end }: Markers): readonly string[] {
  return lines.slice(lines.indexOf(begin) + 1, lines.indexOf(end));
}
