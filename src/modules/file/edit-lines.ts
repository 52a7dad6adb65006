// Editing a text by lines: where a line goes, which lines go. Pure text in, text out.

/** Where a line stands or goes. */
export interface LinePlace {
  /** The last line it matches is the one that is replaced. */
  readonly match?: RegExp | undefined;
  /** Without such a line: behind the last one that matches. */
  readonly after?: RegExp | undefined;
  /** Or before the last one that matches. */
  readonly before?: RegExp | undefined;
}

/** An edited text and the lines that gave way; undefined when nothing differs. */
export interface Edited {
  readonly text: string;
  readonly gone: readonly string[];
}

/** The text with the line in it: in place of a matching one, else where it is said to go, else at the end. */
export function withLine(text: string, line: string, place: LinePlace): Edited | undefined {
  const lines = splitLines(text);
  const found = place.match ? lastMatch(lines, place.match) : -1;
  if (found >= 0) return lines[found] === line ? undefined : { text: joinLines(lines.with(found, line)), gone: [lines[found] ?? ''] };
  if (lines.includes(line)) return undefined;
  return { text: joinLines(lines.toSpliced(spotFor(lines, place), 0, line)), gone: [] };
}

/** The text without the lines that match; without a pattern, without those equal to `line`. */
export function withoutLines(text: string, line: string | undefined, match: RegExp | undefined): Edited | undefined {
  const lines = splitLines(text);
  const goes = (item: string): boolean => (match ? match.test(item) : item === line);
  const gone = lines.filter(goes);
  return gone.length === 0 ? undefined : { text: joinLines(lines.filter(item => !goes(item))), gone };
}

/** The lines of a text, without the empty one behind its last newline. */
export function splitLines(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Lines as a text, every one ended. */
export function joinLines(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join('');
}

/** The index at which a new line goes in. */
export function spotFor(lines: readonly string[], { after, before }: LinePlace): number {
  const behind = after ? lastMatch(lines, after) : -1;
  if (behind >= 0) return behind + 1;
  const ahead = before ? lastMatch(lines, before) : -1;
  return ahead >= 0 ? ahead : lines.length;
}

function lastMatch(lines: readonly string[], pattern: RegExp): number {
  return lines.findLastIndex(line => pattern.test(line));
}
