// Names as people write several of them: a list, or a text with commas.

/** The names, without what is empty. */
export function namesIn(written: unknown): readonly string[] {
  const texts = Array.isArray(written) ? written.map(String) : [String(written)];
  return texts.flatMap(text => text.split(',')).flatMap(text => (text.trim() === '' ? [] : [text.trim()]));
}
