// The nearest of some known words to a misspelt one: what stands behind every "did you mean".

/** How far two words may be apart to be taken for each other: a third of the longer one, at most three edits. */
function tolerance(word: string, candidate: string): number {
  return Math.min(3, Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3)));
}

/**
 * The candidate a person most likely meant; undefined when none is near. Of several equally near ones the one that has more of the
 * letters wins (`taks` is `tasks`, not `tags`), then the first.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits > tolerance(word, candidate)) continue;
    if (edits < least || (edits === least && lettersOf(word, candidate) > lettersOf(word, best ?? ''))) [best, least] = [candidate, edits];
  }
  return best;
}

/** How many letters of a word are in another. */
function lettersOf(word: string, candidate: string): number {
  return Array.from(word).filter(letter => candidate.includes(letter)).length;
}

/** `did you mean "owner"?`, or undefined when nothing is near. @param placeOf where a candidate is written, to be told with it */
export function didYouMean(
  word: string,
  candidates: Iterable<string>,
  placeOf: (candidate: string) => string | undefined = () => undefined,
): string | undefined {
  const found = nearest(word, candidates);
  if (found === undefined) return undefined;
  const place = placeOf(found);
  return `did you mean ${JSON.stringify(found)}${place === undefined ? '' : ` (${place})`}?`;
}

/** Edits between two words: insert, delete, replace, or swap two neighbours (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replace = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swap = swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, replace, swap));
    }
    [before, previous] = [previous, current];
  }
  return previous[b.length] ?? 0;
}
