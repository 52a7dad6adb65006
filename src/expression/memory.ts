// Parsed texts, kept: a Program's texts are evaluated once for each host and once for each round.

/** Beyond what any Program holds; a bound for callers that make up texts. */
const MOST = 10_000;

/** A function of a text that remembers its answers, and forgets them all when they become too many. */
export function remember<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MOST) known.clear();
    const result = work(text);
    known.set(text, result);
    return result;
  };
}
